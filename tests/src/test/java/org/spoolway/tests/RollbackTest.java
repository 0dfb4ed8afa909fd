package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Going back, which destroys nothing. */
class RollbackTest {

  private static final List<String> STEPS =
      List.of(
          "preflight",
          "resolve",
          "check",
          "stage",
          "maintenance-on",
          "stop",
          "snapshot",
          "restore",
          "swap",
          "start",
          "gate",
          "maintenance-off",
          "prune",
          "notify");

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private Spool spool;
  private String oldData;

  @BeforeEach
  void update() {
    application = new SampleApplication(home, "app");
    application.file().set("health", "timeout", "\"2s\"");
    application.release("1.0.0", new Release().health("unless broken"));
    spool = application.installed("1.0.0");
    oldData = application.dump();
    application.release("1.1.0", new Release().schema(2));
    assertEquals("succeeded", Results.text(spool.ask("update"), "state"));
  }

  @Test
  void rollbackBringsTheDataBackWhenNothingWasWrittenSince() {
    JsonNode result = spool.ask("rollback");

    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals("1.1.0", Results.text(result, "from"));
    assertEquals("1.0.0", Results.text(result, "to"));
    assertEquals(STEPS, Results.names(result));
    assertEquals(Optional.of("1.0.0"), application.live());
    assertEquals(Optional.of("1.0.0"), application.serving());
    assertEquals(oldData, application.dump());
    assertTrue(
        application.names("snapshots").stream().anyMatch(name -> name.contains("replaced")),
        "what it replaced is kept aside");
  }

  @Test
  void rollbackTakesNothingAwayThatWasWrittenSinceUnlessItIsAskedTo() {
    application.addNote();
    World before = application.world();

    JsonNode refused = spool.ask("rollback");
    Results.assertError("failed", "ROLLBACK_WOULD_LOSE", "resolve", refused);
    String message = refused.path("error").path("message").asString();
    assertTrue(message.contains(": 1 added"), message);
    assertEquals(before, application.world());
    JsonNode kept = spool.request("keep", rollback("keep"));
    Results.assertError("failed", "SCHEMA_MISMATCH", "resolve", kept);
    assertEquals(before, application.world());

    JsonNode planned = spool.request("plan", rollback("restore") + ", \"dryRun\": true");
    assertEquals("planned", Results.text(planned, "state"), planned.toPrettyString());
    String why = Results.text(Results.step(planned, "restore"), "why");
    assertTrue(why.contains(": 1 added"), why);
    assertTrue(planned.path("expected").path("downtimeMillis").asLong() > 0);
    assertEquals(before, application.world());

    JsonNode result = spool.request("restore", rollback("restore"));
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(Optional.of("1.0.0"), application.serving());
    assertEquals(oldData, application.dump());
    assertTrue(
        application.names("snapshots").stream().anyMatch(name -> name.contains("replaced")),
        "what was written is kept aside");
  }

  private static String rollback(String data) {
    return "\"action\": \"rollback\", \"params\": {\"data\": \"" + data + "\"}";
  }

  @Test
  void rollbackLeavesWhatWasWrittenWhereTheOlderReleaseSuitsIt() {
    application.release("1.2.0", new Release().schema(2));
    assertEquals("succeeded", Results.text(spool.ask("update"), "state"));
    application.addNote();
    String data = application.dump();

    JsonNode result = spool.ask("rollback");

    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(Optional.of("1.1.0"), application.serving());
    assertEquals(data, application.dump());
  }

  @Test
  void releaseThatWasGoneBackFromIsNotTakenAgainUnlessNamed() {
    spool.ask("rollback");

    assertEquals("unchanged", Results.text(spool.ask("update"), "state"));
    assertEquals("succeeded", Results.text(spool.ask("update@1.1.0"), "state"));
    assertEquals(Optional.of("1.1.0"), application.serving());
    assertTrue(application.dump().contains("'TWO'"));
  }

  @Test
  void rollbackGoesToTheVersionThatItNames() {
    application.release("1.2.0", new Release().schema(2));
    spool.ask("update");

    JsonNode result = spool.ask("rollback@1.0.0");

    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(Optional.of("1.0.0"), application.serving());
  }

  @Test
  void rollbackToAReleaseThatIsNotKeptFailsAndChangesNothing() {
    World before = application.world();

    Results.assertError("failed", "VERSION_UNKNOWN", "resolve", spool.ask("rollback@0.1.0"));

    assertEquals(before, application.world());
  }

  @Test
  void rollbackWhoseTargetIsBrokenByNowIsTakenBackWithTheData() throws IOException {
    World before = application.world();
    Files.createFile(home.marker("broken"));

    JsonNode result = spool.ask("rollback");

    Results.assertError("rolled_back", "GATE_FAILED", "gate", result);
    assertEquals(before, application.world());
  }
}
