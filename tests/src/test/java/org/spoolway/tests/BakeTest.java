package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A release that passes the gate and turns unhealthy while it serves. */
class BakeTest {

  private static final String UPDATE = "{\"id\": \"long\", \"action\": \"update\"}";

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private Spool spool;

  @BeforeEach
  void install() {
    application = new SampleApplication(home, "app");
    application.file().set("health", "timeout", "\"2s\"").set("health", "bake", "\"5m\"");
    spool = application.installed();
    application.addNote();
  }

  /** An update that is being watched; its release turns unhealthy once that is marked. */
  private void update(Release release) {
    application.release("1.1.0", release.health("unless broken"));
    spool.drop("1700000000-update.json", UPDATE);
    awaitBake();
    assertEquals(Optional.of("1.1.0"), application.serving());
    assertFalse(application.maintenance());
  }

  private void awaitBake() {
    Until.isTrue(
        "the release being watched",
        () -> {
          JsonNode running = spool.status().path("running");
          return "bake".equals(running.path("step").asString(""))
              && running.path("progress").isNumber();
        });
  }

  private void turnUnhealthy() throws IOException {
    Files.createFile(home.marker("broken"));
  }

  @Test
  void releaseThatTurnsUnhealthyIsTakenBack() throws IOException {
    World before = application.world();
    update(new Release());

    turnUnhealthy();

    JsonNode result = spool.await("long");
    Results.assertError("rolled_back", "GATE_FAILED", "bake", result);
    String message = Results.text(result.path("error"), "message");
    assertTrue(message.startsWith("cannot keep 1.1.0, which turned unhealthy "), message);
    assertTrue(message.contains("503"), message);
    assertEquals(before, application.world());
  }

  @Test
  void itsDataComeBackTooWhereNobodyHasWritten() throws IOException {
    World before = application.world();
    update(new Release().schema(2));
    assertTrue(application.dump().contains("'TWO'"));

    turnUnhealthy();

    Results.assertError("rolled_back", "GATE_FAILED", "bake", spool.await("long"));
    assertEquals(before, application.world());
  }

  @Test
  void releaseWhoseUsersHaveWrittenStaysUntilSomebodyAsks() throws IOException {
    String oldData = application.dump();
    update(new Release().schema(2));
    application.addNote();
    World with = application.world();

    turnUnhealthy();

    JsonNode result = spool.await("long");
    Results.assertError("needs_intervention", "ROLLBACK_WOULD_LOSE", "bake", result);
    String message = Results.text(result.path("error"), "message");
    assertTrue(message.contains(": 1 added"), message);
    String fix = Results.text(result.path("error"), "fix");
    assertTrue(fix.startsWith("`spoolway rollback app --data=restore`"), fix);
    assertEquals("skipped", Results.text(Results.step(result, "prune"), "state"));
    assertEquals(with, application.world());
    assertTrue(spool.status().path("broken").isNull());
    assertEquals("succeeded", Results.text(spool.ask("check"), "state"), "nothing is blocked");

    Program.Ended back = home.spoolway("rollback", "app", "--data=restore");

    assertEquals(0, back.exit(), back::all);
    assertEquals(Optional.of("1.0.0"), application.serving());
    assertEquals(oldData, application.dump());
    assertTrue(
        application.names("snapshots").stream().anyMatch(name -> name.contains("replaced")),
        "what was written is kept aside");
  }

  @Test
  void runnerThatIsAskedToEndLeavesItToTheNextOne() throws IOException {
    World before = application.world();
    update(new Release());
    long pid = application.pid();

    assertEquals(0, home.stopRunners());

    assertEquals("running", Results.text(spool.result("long").orElseThrow(), "state"));
    assertEquals(Optional.of("1.1.0"), application.serving());
    assertTrue(Processes.isAlive(pid));
    home.run();
    awaitBake();
    assertEquals(pid, application.pid());
    turnUnhealthy();
    Results.assertError("rolled_back", "GATE_FAILED", "bake", spool.await("long"));
    assertEquals(before, application.world());
  }

  @Test
  void releaseThatStaysHealthyHasSucceededAndClosedNoDoorMeanwhile() {
    home.stopRunners();
    application.file().set("health", "bake", "\"3s\"");
    application.write();
    home.run();
    application.release("1.1.0", new Release().schema(2));

    JsonNode result = spool.request("long", "\"action\": \"update\"");

    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    JsonNode bake = Results.step(result, "bake");
    assertTrue(bake.path("millis").asLong() >= 3000, bake::toPrettyString);
    long closed =
        Duration.between(startedAt(result, "maintenance-on"), startedAt(result, "bake")).toMillis();
    assertTrue(result.path("downtimeMillis").asLong() <= closed, result::toPrettyString);
  }

  private static Instant startedAt(JsonNode result, String step) {
    return Instant.parse(Results.text(Results.step(result, step), "startedAt"));
  }
}
