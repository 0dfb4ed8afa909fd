package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.tests.Results;
import org.spoolway.tests.Until;
import tools.jackson.databind.JsonNode;

/** The runner's end and the host's, in the middle of everything. */
class HardTimesTest {

  private static final String UNIT =
      """
      [Service]
      Type=notify
      User=@USER@
      WorkingDirectory=@CURRENT@
      Environment=SPOOLWAY_SHARED=@SHARED@ PYTHONDONTWRITEBYTECODE=1
      ExecStartPre=/bin/sleep %d
      ExecStart=/usr/bin/gunicorn --bind 127.0.0.1:8080 notes.wsgi:app
      [Install]
      WantedBy=multi-user.target
      """;

  @RegisterExtension static final Hosts HOSTS = new Hosts();
  private static final AtomicInteger RELEASES = new AtomicInteger(100);
  private static NotesHost host;

  @BeforeAll
  static void install() {
    host = NotesHost.installed(HOSTS);
  }

  /** A release on the live one that takes long in one step, so that it can be met there. */
  private static String slowIn(String step) {
    String version = "1.0." + RELEASES.incrementAndGet();
    Map<String, String> files =
        switch (step) {
          case "build" -> Map.of("deploy/build", "#!/bin/sh\nsleep 3\n");
          case "migrate" -> NotesHost.migration("sqlite3 \"$DB\" 'delete from notes'; sleep 30");
          case "start" -> Map.of("deploy/notes.service", UNIT.formatted(4));
          default -> throw new AssertionError(step);
        };
    host.offer(version, "1.0.0", files);
    return version;
  }

  @ParameterizedTest
  @CsvSource({
    "build, kill, succeeded",
    "migrate, kill, rolled_back",
    "start, kill, succeeded",
    "build, restart, succeeded",
    "migrate, restart, rolled_back",
  })
  void theRunnersUnitEndsInTheMiddleOf(String step, String how, String outcome) {
    String before = host.live();
    String data = host.data();
    String version = slowIn(step);
    String id = host.request(version);
    host.awaitStep(id, step);
    if (how.equals("kill")) {
      host.container().run("systemctl", "kill", "--signal=KILL", "spoolway.service").outOfSuccess();
    } else {
      host.container().run("systemctl", "restart", "spoolway.service").outOfSuccess();
    }
    JsonNode result = host.end("operator", id);
    assertEquals(outcome, Results.text(result, "state"), result.toPrettyString());
    host.assertServes(outcome.equals("succeeded") ? version : before);
    assertEquals(data, host.data());
  }

  /** The data are half migrated when the host dies: the application must not see them so. */
  @Test
  void aPowerCutInTheMigrationIsDecidedBeforeTheApplicationStarts() {
    String before = host.live();
    String data = host.data();
    String id = host.request(slowIn("migrate"));
    host.awaitStep(id, "migrate");
    Until.isTrue("the notes being gone", () -> !host.data().equals(data));
    host.container().powerCut();
    host.container().boot();
    assertStartedAfterRecovery();
    JsonNode result = host.end("operator", id);
    Results.assertError("rolled_back", "INTERRUPTED", result);
    host.assertServes(before);
    assertEquals(data, host.data());
  }

  /** All is changed when the host dies, and only the proof is missing. */
  @Test
  void aPowerCutAfterTheSwapIsFinishedForward() {
    String data = host.data();
    String version = slowIn("start");
    String id = host.request(version);
    host.awaitStep(id, "start");
    host.container().powerCut();
    host.container().boot();
    assertStartedAfterRecovery();
    JsonNode result = host.end("operator", id);
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    host.assertServes(version);
    assertEquals(data, host.data());
  }

  /** Half-migrated data are worse than none: nobody sees them, however long it takes to decide. */
  @Test
  void whatRecoveryCannotDecideDoesNotStartUntilItCan() throws IOException {
    String before = host.live();
    String data = host.data();
    String id = host.request(slowIn("migrate"));
    host.awaitStep(id, "migrate");
    Until.isTrue("the notes being gone", () -> !host.data().equals(data));
    host.container().powerCut();
    Path file = host.container().file("/etc/spoolway/deployments/notes.toml");
    String right = Files.readString(file);
    Files.writeString(file, right + "nonsense = [");
    host.container().boot();
    assertEquals(
        "inactive\ninactive\n",
        host.container()
            .run("systemctl", "is-active", "notes.service", "notes-worker.service")
            .out());
    Files.writeString(file, right);
    Results.assertError("rolled_back", "INTERRUPTED", host.end("operator", id));
    host.assertServes(before);
    assertEquals(data, host.data());
  }

  private static void assertStartedAfterRecovery() {
    long decided = moment("spoolway-recover.service", "ActiveEnterTimestampMonotonic");
    long began = moment("notes.service", "InactiveExitTimestampMonotonic");
    assertTrue(decided > 0 && began > decided, "decided at " + decided + ", began at " + began);
  }

  private static long moment(String unit, String property) {
    String value =
        host.container()
            .run("systemctl", "show", "--value", "--property=" + property, unit)
            .outOfSuccess();
    return Long.parseLong(value.strip());
  }
}
