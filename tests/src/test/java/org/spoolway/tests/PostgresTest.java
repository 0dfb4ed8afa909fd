package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.host.postgres.PostgresCluster;
import org.spoolway.host.postgres.PostgresExtension;
import org.spoolway.host.postgres.PostgresOptions;
import tools.jackson.databind.JsonNode;

/** An application on PostgreSQL: forwards, backwards, and nothing left. */
class PostgresTest {

  private static final String SWEEP = "./sql <sweep.sql\n";

  @RegisterExtension
  static final PostgresExtension POSTGRES = new PostgresExtension(PostgresOptions.usual());

  private final PostgresCluster cluster = POSTGRES.cluster();
  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private Spool spool;

  @BeforeEach
  void prepare() {
    application = new SampleApplication(home, "app", new PostgresData(cluster));
    application
        .file()
        .set("health", "timeout", "\"3s\"")
        .set("migrate", "timeout", "\"10s\"")
        .set("database", "timeout", "\"2s\"");
  }

  private World install() {
    spool = application.installed();
    application.addNote();
    return application.world();
  }

  /** A release that changes everything that going back has to bring back. */
  private Release sweeping(String script) {
    return good()
        .schema(2)
        .with("sweep.sql", Release.resource("postgresql/sweep.sql"))
        .migrate(script);
  }

  private Release good() {
    return application.data().release();
  }

  private JsonNode update(Release release) {
    application.release("1.1.0", release);
    return spool.ask("update@1.1.0");
  }

  private void assertNextUpdateWorks() {
    application.release("1.2.0", good().schema(2));
    JsonNode result = spool.ask("update@1.2.0");
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(Optional.of("1.2.0"), application.serving());
    assertTrue(application.dump().contains("\ttwo\tTWO"), application.dump());
    application.addNote();
  }

  @AfterEach
  void assertNothingLeft() {
    home.stopRunners();
    Leftovers.assertNone(home, application);
  }

  @Test
  void rollbackBringsBackAllThatTheUpdateHasChanged() {
    World before = install();
    JsonNode update = update(sweeping(SWEEP).without("READY"));
    assertEquals("succeeded", Results.text(update, "state"), update.toPrettyString());
    String after = application.dump();
    assertNotEquals(before.data(), after);

    JsonNode result = spool.ask("rollback");

    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(before.data(), application.dump());
    assertEquals(Optional.of("1.0.0"), application.serving());
    assertTrue(
        application.names("snapshots").stream().anyMatch(name -> name.contains("replaced")),
        "what it replaced is kept aside");
    application.addNote();
  }

  @Test
  void rollbackTakesNothingAwayThatWasWrittenSinceUnlessItIsAskedTo() {
    World before = install();
    assertEquals("succeeded", Results.text(update(good().schema(2)), "state"));
    application.addNote();
    World written = application.world();

    JsonNode refused = spool.ask("rollback");
    Results.assertError("failed", "ROLLBACK_WOULD_LOSE", "resolve", refused);
    String message = refused.path("error").path("message").asString();
    assertTrue(message.contains(": 1 added"), message);
    assertEquals(written, application.world());

    String params = "\"params\": {\"data\": \"restore\"}";
    JsonNode result = spool.request("back", "\"action\": \"rollback\", " + params);
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(Optional.of("1.0.0"), application.serving());
    assertEquals(before.data(), application.dump());
    assertTrue(
        application.names("snapshots").stream().anyMatch(name -> name.contains("replaced")),
        "what was written is kept aside");
  }

  @Test
  void migrationThatFailsHalfwayOutsideATransactionGivesTheDataBack() {
    World before = install();

    JsonNode result = update(sweeping(SWEEP + "exit 4"));

    Results.assertError("rolled_back", "MIGRATION_FAILED", "migrate", result);
    assertEquals(before, application.world());
    assertNextUpdateWorks();
  }

  @Test
  void migrationThatHangsIsEndedOnTheServerToo() {
    application.file().set("migrate", "timeout", "\"1s\"");
    World before = install();
    String hanging = "(cat sweep.sql; echo 'SELECT pg_sleep(3600)') | ./sql\n";

    JsonNode result = update(sweeping(hanging));

    Results.assertError("rolled_back", "MIGRATION_TIMED_OUT", "migrate", result);
    assertEquals(before, application.world());
    assertEquals(
        "0",
        cluster.sql(
            "postgres",
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%sleep(3600)%'"
                + " AND pid <> pg_backend_pid()"));
    assertNextUpdateWorks();
  }

  @Test
  void releaseThatNeverGetsHealthyIsTakenBackWithItsMigration() {
    assertUnhealthyReleaseIsTakenBack();
  }

  private void assertUnhealthyReleaseIsTakenBack() {
    World before = install();

    JsonNode result = update(sweeping(SWEEP).health("unavailable"));

    Results.assertError("rolled_back", "GATE_FAILED", "gate", result);
    assertEquals(before, application.world());
    assertNextUpdateWorks();
  }

  @Test
  void dumpIsRestoredAndTakesThePlaceOfWhatFailed() {
    application
        .file()
        .set("database", "method", "\"dump\"")
        .set("database", "verify", "\"restore\"");
    assertUnhealthyReleaseIsTakenBack();
  }

  @Test
  void backupIsRestoredAsOftenAsAskedAndPruned() {
    application.file().set("keep", "snapshots", "3").set("keep", "days", "0");
    install();
    JsonNode backup = spool.ask("backup");
    assertEquals("succeeded", Results.text(backup, "state"), backup.toPrettyString());
    String snapshot = Results.text(backup, "snapshot");
    assertTrue(
        home.spoolway("snapshots", "app").outOfSuccess().contains(snapshot), "it is not listed");
    String data = application.dump();

    for (String id : List.of("once", "twice")) {
      application.addNote();
      assertNotEquals(data, application.dump());
      JsonNode result =
          spool.request(
              id,
              "\"action\": \"restore\", \"params\": {\"snapshot\": " + Json.quote(snapshot) + "}");
      assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
      assertEquals(data, application.dump());
    }

    assertNextUpdateWorks();
    assertEquals("succeeded", Results.text(spool.ask("prune"), "state"));
    assertEquals(3, application.names("snapshots").size());
    assertFalse(application.names("snapshots").contains(snapshot));
  }

  @Test
  void dryRunTellsHowTheDataWillBeCopied() {
    World before = install();
    application.release("1.1.0", good().schema(2));

    JsonNode result = spool.request("dry", "\"action\": \"update\", \"dryRun\": true");

    assertEquals("planned", Results.text(result, "state"), result.toPrettyString());
    String step = Results.step(result, "snapshot").toString();
    assertTrue(step.contains("the server copies it: the database has "), step);
    assertEquals(before, application.world());
  }
}
