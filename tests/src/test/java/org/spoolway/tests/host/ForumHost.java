package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.spoolway.tests.DatabaseCopies;
import org.spoolway.tests.Json;
import org.spoolway.tests.Repository;
import org.spoolway.tests.Results;
import tools.jackson.databind.JsonNode;

/**
 * A host with Debian's own PostgreSQL, and with an application whose posts are in it. The account
 * {@code forum} comes as the role of that name, and {@code postgres} as the superuser, because the
 * server knows whom it talks to through its socket.
 */
final class ForumHost extends DeployedHost {

  /** Spoolway comes as {@code postgres} without being told so. */
  private static final String DEPLOYMENT =
      """
      name = "forum"
      root = "/opt/forum"
      [host]
      packages = ["postgresql", "python3"]
      user = "forum"
      [source]
      type = "git"
      url = "file:///srv/forum"
      [build]
      run = [["./build"]]
      user = "forum-build"
      network = false
      [shared]
      create = ["data"]
      [database]
      type = "postgresql"
      name = "forum"
      host = "/run/postgresql"
      timeout = "10s"
      [migrate]
      rehearse = true
      sql = "migrations/*.sql"
      user = "forum"
      role = "forum"
      [rehearse]
      env = { DATABASE = "@DATABASE@", PORT = "@PORT@", PLACES = "@DIRECTORY@ /opt/forum/shared/data" }
      run = ["./serve"]
      [service]
      type = "systemd"
      units = ["forum.service"]
      [deploy]
      from = "deploy"
      [health]
      url = "http://127.0.0.1:8095/health"
      version = "/version"
      timeout = "10s"
      [keep]
      snapshots = 3
      days = 0
      [origins.operator]
      owners = ["root"]
      actions = ["*"]
      """;

  /** Healthy while it can read its posts; as it starts it says where it can write. */
  private static final String SERVE =
      """
      #!/usr/bin/python3
      import http.server, json, os, subprocess

      HERE = os.path.dirname(os.path.abspath(__file__))
      DATABASE = os.environ["DATABASE"]
      PSQL = ["psql", "-X", "-A", "-t", "-h", "/run/postgresql", "-d", DATABASE, "-f", f"{HERE}/count.sql"]
      with open(f"{HERE}/VERSION", encoding="utf-8") as file:
          VERSION = file.read().strip()


      class Page(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              asked = subprocess.run(PSQL, capture_output=True, text=True)
              self.send_response(503 if asked.stderr else 200)
              self.end_headers()
              answer = {"version": VERSION, "posts": asked.stdout.strip(), "error": asked.stderr}
              self.wfile.write(json.dumps(answer).encode())


      for place in os.environ.get("PLACES", "").split():
          try:
              with open(f"{place}/trace", "w", encoding="utf-8"):
                  print(f"on {DATABASE}: can write {place}", flush=True)
          except OSError as error:
              print(f"on {DATABASE}: cannot write {place}: {error.strerror}", flush=True)
      http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Page).serve_forever()
      """;

  private static final String UNIT =
      """
      [Unit]
      After=network.target
      [Service]
      Type=exec
      User=@USER@
      WorkingDirectory=@CURRENT@
      Environment=DATABASE=forum PORT=8095
      ExecStart=/usr/bin/python3 @CURRENT@/serve
      NoNewPrivileges=yes
      ProtectSystem=strict
      [Install]
      WantedBy=multi-user.target
      """;

  private static final Map<String, String> FIRST =
      Map.of(
          "build", "#!/bin/sh\nexit 0\n",
          "serve", SERVE,
          "count.sql", "SELECT count(title) FROM posts;\n",
          "deploy/forum.service", UNIT,
          "migrations/0001_posts.sql", "CREATE TABLE posts (title text PRIMARY KEY);\n");

  private final Repository repository;

  private ForumHost(Container container) {
    super(container, "forum");
    this.repository = new Repository(container.file("/srv/forum"));
  }

  /** One where 1.0.0 is on offer, with a server and an empty database for it. */
  static ForumHost prepared(Hosts hosts) {
    Container container = hosts.boot();
    String version = container.run("ls", "/usr/lib/postgresql").outOfSuccess().strip();
    container.run("pg_createcluster", "--locale=C.UTF-8", version, "main").outOfSuccess();
    container.run("systemctl", "enable", "--now", "postgresql.service").outOfSuccess();
    container.installPackage();
    ForumHost host = new ForumHost(container);
    host.asPostgres("createuser", "forum");
    host.asPostgres("createdb", "--owner=forum", "forum");
    host.write("/root/forum.toml", DEPLOYMENT);
    host.offer("1.0.0", Map.of());
    return host;
  }

  /** Adds a release that is the first one with some files more, or others in place of its own. */
  void offer(String version, Map<String, String> files) {
    Map<String, String> all = new HashMap<>(FIRST);
    all.putAll(files);
    all.put("VERSION", version + "\n");
    repository.release(version, all);
  }

  private String asPostgres(String... command) {
    return container().as("postgres", command).outOfSuccess();
  }

  /** Carries out SQL in the application's database as the superuser. */
  String sql(String sql) {
    return asPostgres(
            "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", "forum", "-c", sql)
        .strip();
  }

  /** Adds a post, as the application does. */
  void post(String title) {
    container()
        .as("forum", "psql", "-X", "-q", "-c", "INSERT INTO posts VALUES ('" + title + "')")
        .outOfSuccess();
  }

  /** All data, and who may do what with them, as SQL. */
  String data() {
    return asPostgres("pg_dump", "--create", "forum")
        .lines()
        // Newer releases guard a dump with a word that is another one each time.
        .filter(line -> !line.startsWith("\\restrict ") && !line.startsWith("\\unrestrict "))
        .collect(Collectors.joining("\n"));
  }

  /** That this release is live, and healthy with this many posts. */
  void assertServes(String version, int posts) {
    JsonNode health =
        Json.parse(
            container()
                .run("curl", "--silent", "--show-error", "http://127.0.0.1:8095/health")
                .outOfSuccess());
    assertEquals(version, Results.text(health, "version"), health.toString());
    assertEquals(Integer.toString(posts), Results.text(health, "posts"), health.toString());
    assertEquals(version, live());
    assertEquals("active\n", container().run("systemctl", "is-active", "forum.service").out());
    assertEquals(
        false, Files.exists(container().file("/opt/forum/maintenance")), "it is still closed");
  }

  /**
   * That the server has no database but those that somebody knows of, and nobody can work in a
   * copy.
   */
  void assertNoStrayDatabase() {
    Set<String> known =
        new TreeSet<>(DatabaseCopies.recordedIn(container().file("/opt/forum/snapshots")));
    Set<String> copies = new TreeSet<>();
    Set<String> open = new TreeSet<>();
    for (String line :
        sql("SELECT datname, datallowconn FROM pg_database WHERE NOT datistemplate")
            .lines()
            .toList()) {
      String name = line.substring(0, line.indexOf('|'));
      (line.endsWith("|t") ? open : copies).add(name);
    }
    assertEquals(known, copies);
    assertEquals(Set.of("forum", "postgres"), open);
    assertEquals(
        false, Files.exists(container().file("/opt/forum/rehearsal")), "a rehearsal is left");
  }

  /** What the runner has written down of a request. */
  String log(String id) {
    return spoolway("logs", id).outOfSuccess();
  }
}
