package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.tests.Readme;
import org.spoolway.tests.Until;

/** What samples/notes has for hosts does on a host, even before Spoolway installs it. */
class NotesUnitsTest {

  private static final String ROOT = "/opt/notes";
  private static final String PAGE = "/usr/share/spoolway/maintenance";
  private static final String MAINTENANCE = "/etc/caddy/notes.maintenance";

  @RegisterExtension static final Hosts HOSTS = new Hosts();
  private static Container host;

  @BeforeAll
  static void installByHand() throws IOException {
    host = HOSTS.boot();
    new NotesRepository(host.file("/srv/notes"), "1.0.0")
        .release("1.0.1", "1.0.0", Map.of("NEWS", "Nothing else"));
    host.run("useradd", "--system", "--user-group", "notes").outOfSuccess();
    String release = ROOT + "/releases/1.0.1";
    host.run("git", "clone", "--quiet", "--branch=v1.0.1", "/srv/notes", release).outOfSuccess();
    host.run("ln", "--symbolic", "releases/1.0.1", ROOT + "/current").outOfSuccess();
    host.run("install", "--directory", ROOT + "/shared").outOfSuccess();
    host.run("install", "--directory", "--owner=notes", ROOT + "/shared/data").outOfSuccess();
    host.run(release + "/deploy/build").outOfSuccess();
    assertEquals(10, manage("pending"));
    assertEquals(0, manage("migrate"));
    assertEquals(0, manage("pending"));
    String shipped = release + "/deploy/";
    render(host.file(shipped + "notes.service"), "/etc/systemd/system/notes.service");
    render(host.file(shipped + "notes-worker.service"), "/etc/systemd/system/notes-worker.service");
    render(host.file(shipped + "proxy.caddy"), "/etc/caddy/proxy.caddy");
    render(Readme.PROJECT.resolve("samples/proxy/caddy/spoolway-maintenance.caddy"), MAINTENANCE);
    Files.writeString(host.file("/etc/caddy/Caddyfile"), "import proxy.caddy\n");
    host.copyIn(Readme.PROJECT.resolve("samples/proxy/maintenance"), PAGE);
    host.run("systemctl", "enable", "--now", "notes", "notes-worker", "caddy").outOfSuccess();
  }

  private static int manage(String command) {
    String shared = "SPOOLWAY_SHARED=" + ROOT + "/shared";
    return host.as("notes", "env", shared, ROOT + "/current/deploy/manage", command).exit();
  }

  private static void render(Path template, String target) throws IOException {
    String text =
        Files.readString(template)
            .replace("@ROOT@", ROOT)
            .replace("@CURRENT@", ROOT + "/current")
            .replace("@SHARED@", ROOT + "/shared")
            .replace("@SPOOL@", "/var/spool/spoolway/notes")
            .replace("@PAGE@", PAGE)
            .replace("@MAINTENANCE@", MAINTENANCE)
            .replace("@NAME@", "notes")
            .replace("@USER@", "notes");
    assertTrue(!text.matches("(?s).*@[A-Z]+@.*"), text);
    Files.writeString(host.file(target), text);
  }

  @Test
  void serveTheirVersionThroughTheProxy() throws IOException {
    // The unit is ready when gunicorn says so: nobody has to wait for it.
    assertTrue(host.get(80, "/health").body().contains("\"version\":\"1.0.1\""));
    assertEquals("notes\n", host.run("ps", "-o", "user=", mainPid("notes")).outOfSuccess());
    assertEquals("notes\n", host.run("ps", "-o", "user=", mainPid("notes-worker")).outOfSuccess());

    host.run("curl", "--fail", "--silent", "--data", "text=hello", "http://127.0.0.1/")
        .outOfSuccess();

    Until.isTrue("the worker counting the note", () -> summary().contains("\"notes\": 1"));
    assertTrue(host.get(80, "/").body().contains("hello"));
  }

  private String mainPid(String unit) {
    return host.run("systemctl", "show", "--value", "--property=MainPID", unit).out().strip();
  }

  private String summary() throws IOException {
    Path file = host.file(ROOT + "/shared/data/summary.json");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  @Test
  void closeTheSiteWhileItIsUnderMaintenance() throws IOException {
    Files.createFile(host.file(ROOT + "/maintenance"));
    HttpResponse<String> closed = host.get(80, "/");
    Files.delete(host.file(ROOT + "/maintenance"));

    assertEquals(503, closed.statusCode());
    assertEquals(Optional.of("10"), closed.headers().firstValue("Retry-After"));
    assertEquals(200, host.get(80, "/").statusCode());
  }

  @Test
  void comeBackByThemselvesAfterAPowerCut() throws IOException {
    host.powerCut();
    host.boot();

    assertEquals("running", host.state());
    assertEquals(200, host.get(80, "/health").statusCode());
  }
}
