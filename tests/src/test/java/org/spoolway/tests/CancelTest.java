package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Taking a request back, before its turn and while it runs. */
class CancelTest {

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private Spool spool;
  private World before;

  @BeforeEach
  void install() {
    application = new SampleApplication(home, "app");
    application.file().set("health", "timeout", "\"3s\"");
    spool = application.installed();
    before = application.world();
  }

  private String blocks(String marker) {
    return "touch " + home.marker(marker) + "; exec sleep 600";
  }

  private void startUpdate(String marker, Release release) {
    application.release("1.1.0", release.schema(2));
    spool.drop("1700000000-update.json", "{\"id\": \"long\", \"action\": \"update\"}");
    Until.isTrue("the update blocking in " + marker, () -> Files.exists(home.marker(marker)));
  }

  private JsonNode cancel(String id) {
    return spool.request(
        "cancel-" + id, "\"action\": \"cancel\", \"params\": {\"id\": \"" + id + "\"}");
  }

  @Test
  void requestThatWaitsIsCancelledBeforeItsTurn() {
    startUpdate("build", new Release().build(blocks("build")));
    spool.drop("1700000001-check.json", "{\"id\": \"waits\", \"action\": \"check\"}");
    assertEquals("queued", Results.text(spool.await("waits", "queued"), "state"));

    assertEquals("succeeded", Results.text(cancel("waits"), "state"));

    Results.assertError("cancelled", "CANCELLED", spool.await("waits"));
    assertEquals("running", Results.text(spool.await("long", "running"), "state"));
    cancel("long");
    spool.await("long");
  }

  @Test
  void updateThatBuildsIsCancelledAndLeavesNothing() {
    startUpdate("build", new Release().build(blocks("build")));

    assertEquals("succeeded", Results.text(cancel("long"), "state"));

    Results.assertError("cancelled", "CANCELLED", spool.await("long"));
    assertEquals(before, application.world());
  }

  @Test
  void updateThatMigratesIsCancelledAndItsDataComeBack() {
    String half = "sqlite3 $SPOOLWAY_SHARED/app.db 'DELETE FROM notes'\n";
    startUpdate("migrate", new Release().migrate(half + blocks("migrate")));

    assertEquals("succeeded", Results.text(cancel("long"), "state"));

    Results.assertError("cancelled", "CANCELLED", spool.await("long"));
    assertEquals(before, application.world());
  }

  @Test
  void updateWhoseReleaseIsLiveAlreadyCannotBeCancelled() {
    startUpdate("gate", new Release().health("blocks"));

    Results.assertError("failed", "CANCEL_TOO_LATE", cancel("long"));

    spool.await("long");
  }

  @Test
  void endedRequestStaysAsItEnded() {
    JsonNode check = spool.request("done", "\"action\": \"check\"");

    assertEquals("unchanged", Results.text(cancel("done"), "state"));

    assertEquals(check, spool.await("done"));
  }

  @Test
  void unknownRequestCannotBeCancelled() {
    Results.assertError("failed", "REQUEST_UNKNOWN", cancel("nobody-asked-this"));
  }

  @Test
  void cancelledUpdateCanBeAskedForAgain() {
    startUpdate(
        "build",
        new Release().build("[ -e " + home.marker("build") + " ] || { " + blocks("build") + "; }"));
    cancel("long");
    spool.await("long");

    assertEquals("succeeded", Results.text(spool.ask("update"), "state"));
    assertTrue(application.dump().contains("'TWO'"));
  }
}
