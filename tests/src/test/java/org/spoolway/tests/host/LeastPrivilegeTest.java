package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.tests.Program;
import org.spoolway.tests.Results;
import tools.jackson.databind.JsonNode;

/** What the application's own account can do, which is what somebody can do who has taken it. */
class LeastPrivilegeTest {

  @RegisterExtension static final Hosts HOSTS = new Hosts();
  private static NotesHost host;

  @BeforeAll
  static void install() {
    host = NotesHost.installed(HOSTS);
    assertEquals("succeeded", Results.text(host.update("1.1.0"), "state"));
  }

  /** Whether it is the build itself or what it has started that takes it. */
  @ParameterizedTest
  @CsvSource({"2.0.1, exec", "2.0.2, command"})
  void aBuildThatTakesTooMuchMemoryIsToldSo(String version, String how) {
    ContainerTest.assumeLimits(host.container());
    String eater = "#!/bin/sh\n" + how + " python3 -c 'bytearray(400 << 20)'\nexit $?\n";
    host.offer(version, "1.1.0", Map.of("deploy/build", eater));
    readAnew("network = false", "network = false\nmemory = \"64 MiB\"");
    JsonNode result = host.update(version);
    readAnew("\nmemory = \"64 MiB\"", "");
    Results.assertError("failed", "BUILD_FAILED", "build", result);
    String message = Results.text(result.path("error"), "message");
    System.out.println(message);
    assertTrue(message.contains("the 64 MiB of memory that it may"), message);
  }

  private static void readAnew(String old, String replacement) {
    host.edit(old, replacement);
    host.container().run("systemctl", "restart", "spoolway.service").outOfSuccess();
  }

  @Test
  void aNoteInItsBoxIsAllThatWorks() {
    Program.Ended drop = application("touch /var/spool/spoolway/notes/incoming/web/check");
    assertEquals(0, drop.exit(), drop.all());
    assertEquals("succeeded", Results.text(host.onlyResultOf("web"), "state"));
    assertEquals(0, application("cat /var/spool/spoolway/notes/results/web/*.json").exit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sudo --non-interactive true",
        "systemctl restart notes.service",
        "systemctl stop spoolway.service",
        "systemd-run --wait true",
        "kill -9 $(systemctl show --value --property=MainPID spoolway.service)",
        "touch /opt/notes/x",
        "touch /opt/notes/maintenance",
        "ln -sfn /tmp /opt/notes/current",
        "touch /opt/notes/releases/x",
        "touch /opt/notes/releases/1.1.0/x",
        "echo >> /opt/notes/releases/1.1.0/notes/wsgi.py",
        "chmod u+w /opt/notes/releases/1.1.0/notes/wsgi.py",
        "touch /opt/notes/shared/x",
        "ls /opt/notes/snapshots",
        "ls /var/lib/spoolway",
        "ls /var/lib/spoolway/notes",
        "cat /etc/spoolway/deployments/notes.toml",
        "ls /var/spool/spoolway/notes/incoming/web",
        "touch /var/spool/spoolway/notes/incoming/operator/update",
        "touch /var/spool/spoolway/notes/incoming/cron/update",
        "touch /var/spool/spoolway/notes/incoming/x",
        "ls /var/spool/spoolway/notes/processing",
        "ls /var/spool/spoolway/notes/rejected",
        "ls /var/spool/spoolway/notes/results/operator",
        "cat /var/spool/spoolway/notes/logs/operator/*",
        "touch /var/spool/spoolway/notes/results/web/x.json",
        "echo > /var/spool/spoolway/notes/status.json",
        "mv /var/spool/spoolway/notes/incoming/web /tmp/web",
        "chmod 777 /var/spool/spoolway/notes/incoming/web",
        "touch /etc/systemd/system/notes.service",
        "echo >> /etc/systemd/system/notes.service.d/50-spoolway.conf",
        "touch /run/spoolway/hold/notes",
        "spoolway recover",
        "spoolway run notes",
        "spoolway uninstall notes",
      })
  void nothingElseWorks(String attempt) {
    Program.Ended ended = application(attempt);
    assertNotEquals(0, ended.exit(), ended::all);
  }

  @Test
  void releasesAreRootsAndWritableByNobody() {
    String writable =
        host.container()
            .run(
                "find",
                "/opt/notes/releases",
                "-not",
                "-type",
                "l",
                "-perm",
                "/222",
                "-not",
                "-path",
                "/opt/notes/releases")
            .outOfSuccess();
    assertEquals("", writable);
    String strange =
        host.container().run("find", "/opt/notes/releases", "-not", "-user", "root").outOfSuccess();
    assertEquals("", strange);
  }

  @Test
  void theBuilderReachesNothingButTheReleaseAndItsCache() {
    host.offer(
        "1.6.0",
        "1.1.0",
        Map.of(
            "deploy/build",
            """
            #!/bin/sh
            id -un > built-by
            for place in /opt/notes/shared /opt/notes/shared/data /opt/notes/releases /etc /var/tmp/../lib \
                /var/spool/spoolway /opt/notes; do
              if touch "$place/from-build" 2>/dev/null; then echo "$place" >> reached; fi
            done
            cat /opt/notes/shared/data/notes.db > stolen 2>/dev/null || rm -f stolen
            sudo -n true 2>/dev/null && echo sudo >> reached
            getent hosts example.org && echo network >> reached
            exit 0
            """));
    assertEquals("succeeded", Results.text(host.update("1.6.0"), "state"));
    String release = "/opt/notes/releases/1.6.0/";
    assertEquals("notes-build\n", host.container().run("cat", release + "built-by").out());
    assertFalse(
        Files.exists(host.container().file(release + "reached")),
        () -> host.container().run("cat", release + "reached").out());
    assertFalse(Files.exists(host.container().file(release + "stolen")));
    assertTrue(host.container().run("find", "/", "-xdev", "-name", "from-build").out().isEmpty());
  }

  private static Program.Ended application(String shell) {
    return host.container().as("notes", "sh", "-c", shell);
  }
}
