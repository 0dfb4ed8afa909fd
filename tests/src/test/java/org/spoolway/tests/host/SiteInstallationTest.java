package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.tests.Program;

/** Whoever installs a deployment with a proxy need not touch the proxy. */
class SiteInstallationTest {

  private static final String FILE = "/root/notes.toml";
  private static final String MARK = "/opt/notes/maintenance";

  private static final String DEPLOYMENT =
      """
      name = "notes"
      root = "/opt/notes"
      [host]
      user = "notes"
      [source]
      type = "git"
      url = "file:///srv/notes"
      [build]
      run = [["deploy/build"]]
      user = "notes-build"
      [shared]
      create = ["data"]
      [database]
      type = "sqlite"
      path = "shared/data/notes.db"
      [migrate]
      pending = ["deploy/manage", "pending"]
      run = [["deploy/manage", "migrate"]]
      user = "notes"
      [service]
      type = "systemd"
      units = ["notes.service", "notes-worker.service"]
      [deploy]
      proxy = "%s"
      [health]
      url = "http://127.0.0.1:8080/health"
      version = "/version"
      [origins.operator]
      owners = ["root"]
      actions = ["*"]
      """;

  private static final String NGINX_SITE =
      """
      server {
          listen 80;
          server_name notes.example.org;
          include @MAINTENANCE@;
          location / {
              proxy_pass http://127.0.0.1:8080;
          }
      }
      """;

  @RegisterExtension final Hosts hosts = new Hosts();
  private Container host;

  private void prepare(String proxy) throws IOException {
    host = hosts.boot();
    host.installPackage();
    new NotesRepository(host.file("/srv/notes"), "1.0.0")
        .release("1.0.1", "1.0.0", Map.of("deploy/proxy.nginx", NGINX_SITE));
    Files.writeString(host.file(FILE), DEPLOYMENT.formatted(proxy));
  }

  @Test
  void caddyServesTheReleasesSiteAndClosesIt() throws IOException {
    prepare("caddy");
    String before = Files.readString(host.file("/etc/caddy/Caddyfile"));

    String done = host.run("spoolway", "install", FILE).outOfSuccess();

    assertTrue(done.contains("have /etc/caddy/Caddyfile import spoolway.d/*.caddy"), done);
    assertTrue(done.contains("done: start caddy.service"), done);
    assertEquals(before, Files.readString(host.file("/etc/caddy/Caddyfile.spoolway-before")));
    assertOpensAndCloses();
    String again = host.run("spoolway", "install", FILE).outOfSuccess();
    assertEquals("notes is installed, at 1.0.1; nothing is missing\n", again);
    host.powerCut();
    host.boot();
    assertEquals(200, host.get(80, "/health").statusCode());
  }

  @Test
  void nginxServesTheReleasesSiteAndClosesIt() throws IOException {
    prepare("nginx");
    Files.delete(host.file("/etc/nginx/sites-enabled/default"));

    host.run("spoolway", "install", FILE).outOfSuccess();

    assertOpensAndCloses();
    String again = host.run("spoolway", "install", FILE).outOfSuccess();
    assertEquals("notes is installed, at 1.0.1; nothing is missing\n", again);
  }

  private void assertOpensAndCloses() throws IOException {
    assertTrue(host.get(80, "/health").body().contains("\"version\":\"1.0.1\""));
    Files.createFile(host.file(MARK));
    HttpResponse<String> closed = host.get(80, "/");
    assertEquals(503, closed.statusCode());
    assertEquals(Optional.of("10"), closed.headers().firstValue("Retry-After"));
    String page =
        host.run("curl", "--silent", "--header", "Accept: text/html", "http://127.0.0.1/")
            .outOfSuccess();
    assertEquals(Files.readString(host.file("/usr/share/spoolway/maintenance/index.html")), page);
    Files.delete(host.file(MARK));
    assertEquals(200, host.get(80, "/").statusCode());
  }

  @Test
  void aPersonsCaddyfileIsLeftAloneAndNothingIsBegun() throws IOException {
    prepare("caddy");
    String own = ":80 {\n\trespond mine\n}\n";
    Files.writeString(host.file("/etc/caddy/Caddyfile"), own);

    Program.Ended refused = host.run("spoolway", "install", FILE);

    assertEquals(1, refused.exit(), refused.all());
    assertTrue(refused.err().contains("`order error before handle`"), refused.err());
    assertTrue(refused.err().contains("`import spoolway.d/*.caddy`"), refused.err());
    assertEquals(own, Files.readString(host.file("/etc/caddy/Caddyfile")));
    assertTrue(Files.notExists(host.file("/opt/notes")));
  }
}
