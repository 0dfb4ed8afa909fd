package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.tests.Results;
import org.spoolway.tests.Until;
import tools.jackson.databind.JsonNode;

/**
 * What happens on one host over a year, in an afternoon: each release on what the last one left.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScenariosTest {

  private static final String PALETTE = "[\"teal\", \"plum\"]\n";

  @RegisterExtension static final Hosts HOSTS = new Hosts();
  private static NotesHost host;

  @BeforeAll
  static void install() {
    host = NotesHost.installed(HOSTS);
  }

  private static String state(JsonNode result) {
    return Results.text(result, "state");
  }

  /** Code and data are those of before, and healthy. */
  private static void assertAllIsAsBefore(String version, String data) {
    host.assertServes(version);
    assertEquals(data, host.data());
  }

  @Test
  @Order(1)
  void aGoodReleaseWithAMigration() {
    JsonNode result = host.update("1.1.0");
    assertEquals("succeeded", state(result), result.toPrettyString());
    host.assertServes("1.1.0");
    assertTrue(host.data().contains("of the old time"), host.data());
  }

  @Test
  @Order(2)
  void aReleaseWhoseMigrationFailsHalfWay() {
    host.offer(
        "1.1.1",
        "1.1.0",
        NotesHost.migration("sqlite3 \"$DB\" 'delete from notes'; echo half done; exit 3"));
    String data = host.data();
    JsonNode result = host.update("1.1.1");
    Results.assertError("rolled_back", "MIGRATION_FAILED", "migrate", result);
    assertAllIsAsBefore("1.1.0", data);
  }

  @Test
  @Order(3)
  void aReleaseThatAnswers503() {
    String data = host.data();
    JsonNode result = host.update("1.2.0");
    Results.assertError("rolled_back", "GATE_FAILED", "gate", result);
    assertAllIsAsBefore("1.1.0", data);
  }

  @Test
  @Order(4)
  void aGoodReleaseAfterThat() {
    host.offer("1.2.1", "1.2.0", Map.of("notes/palette.json", PALETTE));
    JsonNode result = host.update("1.2.1");
    assertEquals("succeeded", state(result), result.toPrettyString());
    host.assertServes("1.2.1");
  }

  @Test
  @Order(5)
  void aUnitThatCannotStart() {
    host.offer(
        "1.3.0",
        "1.2.1",
        Map.of(
            "deploy/notes.service",
            "[Service]\nUser=@USER@\nExecStart=/bin/sh -c 'echo the cellar is dark; exit 7'\n"
                + "Type=notify\n"));
    String data = host.data();
    JsonNode result = host.update("1.3.0");
    Results.assertError("rolled_back", "SERVICE_START_FAILED", "start", result);
    String message = Results.text(result.path("error"), "message");
    assertTrue(message.contains("the cellar is dark"), message);
    assertAllIsAsBefore("1.2.1", data);
    assertTrue(
        host.container().run("systemctl", "cat", "notes.service").out().contains("gunicorn"));
  }

  @Test
  @Order(6)
  void aWorkerThatDiesWhileThePageIsHealthy() {
    host.offer("1.3.1", "1.2.1", Map.of("notes/worker.py", "raise SystemExit('no work today')\n"));
    String data = host.data();
    JsonNode result = host.update("1.3.1");
    assertEquals("rolled_back", state(result), result.toPrettyString());
    String message = Results.text(result.path("error"), "message");
    assertTrue(message.contains("notes-worker.service"), message);
    assertAllIsAsBefore("1.2.1", data);
  }

  @Test
  @Order(7)
  void anUpdateThatIsAskedForWhileAnotherRuns() {
    host.offer("1.4.0", "1.2.1", NotesHost.migration("sleep 2"));
    host.offer("1.4.1", "1.4.0", Map.of("NEWS", "Nothing else"));
    String first = host.request("1.4.0");
    host.awaitStep(first, "migrate");
    String second = host.request("1.4.1");
    assertEquals("succeeded", state(host.end("operator", first)));
    assertEquals("succeeded", state(host.end("operator", second)));
    host.assertServes("1.4.1");
  }

  @Test
  @Order(8)
  void aTimerAloneBringsTheNextRelease() {
    host.offer("1.5.0", "1.4.1", Map.of("NEWS", "By the timer"));
    Container container = host.container();
    host.write(
        "/etc/systemd/system/spoolway-check@notes.service.d/request.conf",
        "[Service]\nEnvironment=REQUEST=update\n");
    host.write(
        "/etc/systemd/system/spoolway-check@notes.timer.d/soon.conf",
        "[Timer]\nOnCalendar=\nOnActiveSec=1s\nRandomizedDelaySec=0\nAccuracySec=100ms\n");
    container.run("systemctl", "daemon-reload").outOfSuccess();
    container.run("systemctl", "start", "spoolway-check@notes.timer").outOfSuccess();
    Until.isTrue("1.5.0 being live", () -> host.live().equals("1.5.0"));
    JsonNode result = host.onlyResultOf("cron");
    assertEquals("succeeded", state(result), result.toPrettyString());
    assertEquals("spoolway-cron", Results.text(result.path("owner"), "user"));
    host.assertServes("1.5.0");
  }

  @Test
  @Order(9)
  void aReleaseThatSomebodyChangedIsFoundByTheWeeklyLook() {
    Container container = host.container();
    assertEquals(
        "enabled\nactive\n",
        container.run("systemctl", "is-enabled", "spoolway-verify.timer").out()
            + container.run("systemctl", "is-active", "spoolway-verify.timer").out());
    container.run("systemctl", "start", "spoolway-verify.service").outOfSuccess();

    String release = "/opt/notes/releases/" + host.live();
    container.run("sh", "-c", "echo evil >>" + release + "/NEWS").outOfSuccess();
    container.run("touch", release + "/__init__.py").outOfSuccess();
    container.run("chown", "notes", release + "/__init__.py").outOfSuccess();
    assertTrue(container.run("systemctl", "start", "spoolway-verify.service").exit() != 0);

    String told = container.journal("spoolway-verify.service");
    assertTrue(told.contains("NEWS was changed; it belongs to root, and is of "), told);
    assertTrue(told.contains("__init__.py was added; it belongs to notes, and is of "), told);
    assertTrue(told.contains("Fix: Find out who could write there"), told);
    host.assertServes(host.live());
  }
}
