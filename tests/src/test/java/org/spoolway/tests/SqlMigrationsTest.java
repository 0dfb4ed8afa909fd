package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.tests.Results.step;
import static org.spoolway.tests.Results.text;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Releases that ship plain SQL, on a SQLite database. */
class SqlMigrationsTest {

  private static final String INDEX = "CREATE INDEX by_text ON notes (text);\n";

  /** SQLite is busy with it for ever. */
  private static final String ENDLESS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO notes (text)"
          + " SELECT 'x' FROM n WHERE i < 0;\n";

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private Spool spool;
  private long pid;
  private World before;

  @BeforeEach
  void install() {
    application = new SampleApplication(home, "app");
    application
        .file()
        .without("migrate")
        .set("migrate", "sql", "\"migrations/*.sql\"")
        // What a copy shows anyway is to be met with the data themselves.
        .set("migrate", "rehearse", "false")
        .set("migrate", "timeout", "\"15s\"");
    spool = application.release("1.0.0", release()).installed("1.0.0");
    application.addNote();
    before = application.world();
    pid = application.pid();
  }

  private static Release release() {
    return new Release().without("migrations/2.sql").without("migrations/3.sql");
  }

  private JsonNode update(String version, Release release) {
    application.release(version, release);
    return spool.ask("update@" + version);
  }

  private void assertRefused(String observed, JsonNode result) {
    Results.assertError("failed", "MIGRATION_REFUSED", "check", result);
    assertTrue(text(result.path("error"), "message").contains(observed), result.toPrettyString());
    assertEquals(before, application.world());
    assertEquals(pid, application.pid());
  }

  private void assertPutBack(String code, String message, JsonNode result) {
    Results.assertError("rolled_back", code, "migrate", result);
    assertTrue(text(result.path("error"), "message").startsWith(message), result.toPrettyString());
    assertEquals(before, application.world());
    assertEquals(Optional.of("1.0.0"), application.serving());
  }

  @Test
  void whatIsNewIsAppliedOnceAndSaidInPlanLogAndHistory() {
    application.release("1.1.0", release().with("migrations/2.sql", INDEX));

    JsonNode planned = spool.request("dry", "\"action\": \"update\", \"dryRun\": true");
    assertEquals("2.sql", text(step(planned, "migrate"), "detail"));
    assertEquals(before, application.world());

    JsonNode result = spool.ask("update");
    assertEquals("succeeded", text(result, "state"), result.toPrettyString());
    assertEquals("pending: 2.sql", text(step(result, "check"), "detail"));
    String log = spool.log(result);
    assertTrue(log.matches("(?s).*\napplying 2.sql\napplied 2.sql in [0-9]+ ms\n.*"), log);
    assertTrue(application.dump().contains("'2.sql'"), application.dump());
    assertTrue(application.dump().contains("by_text"), application.dump());
  }

  @Test
  void withNothingNewNothingIsStoppedOrCopied() {
    JsonNode result = update("1.0.1", release());

    assertEquals("succeeded", text(result, "state"));
    for (String step : new String[] {"stop", "snapshot", "migrate"}) {
      assertEquals("skipped", text(step(result, step), "state"), step);
    }
    assertEquals(before.data(), application.dump());
  }

  @Test
  void aFileThatFailsHalfwayIsUndoneWithTheJob() {
    String bad = "DELETE FROM notes;\nDROP TABLE missing;\n";
    assertPutBack(
        "MIGRATION_FAILED",
        "cannot migrate to 1.1.0 with 2.sql: sqlite: ",
        update("1.1.0", release().with("migrations/2.sql", bad)));
    assertPutBack(
        "MIGRATION_FAILED",
        "cannot migrate to 1.1.1 with 2.sql: sqlite: ",
        update("1.1.1", release().with("migrations/2.sql", "-- spoolway: no-transaction\n" + bad)));

    JsonNode good = update("1.1.2", release().with("migrations/2.sql", INDEX));
    assertEquals("succeeded", text(good, "state"), good.toPrettyString());
  }

  @Test
  void aFileThatFailsIsFoundOnACopyUnlessThatIsForbidden() {
    home.stopRunners();
    application.file().set("migrate", "rehearse", "true");
    application.write();
    home.run();
    JsonNode result = update("1.1.0", release().with("migrations/2.sql", "DROP TABLE missing;\n"));
    Results.assertError("failed", "MIGRATION_FAILED", "rehearse", result);
    assertEquals(before, application.world());
    assertEquals(pid, application.pid());
  }

  @Test
  void aFileThatHangsIsEndedInItsTime() {
    assertPutBack(
        "MIGRATION_TIMED_OUT",
        "cannot migrate to 1.1.0 with 2.sql: it was still running after 15 s",
        update("1.1.0", release().with("migrations/2.sql", ENDLESS)));
  }

  @Test
  void aFileThatWasAppliedMustNotChangeNorComeTooLate() {
    Release changed = release();
    assertRefused(
        "1.sql: it was applied with other contents",
        update("1.1.0", changed.with("migrations/1.sql", INDEX)));
    assertRefused(
        "0.sql: it sorts before 1.sql", update("1.1.1", release().with("migrations/0.sql", INDEX)));
    assertFalse(application.maintenance());
  }

  @Test
  void aRollbackTakesTheHistoryAlong() {
    update("1.1.0", release().with("migrations/2.sql", INDEX));

    JsonNode back = spool.ask("rollback");
    assertEquals("succeeded", text(back, "state"), back.toPrettyString());
    assertEquals(before.data(), application.dump());

    JsonNode again = update("1.2.0", release().with("migrations/2.sql", INDEX));
    assertEquals("pending: 2.sql", text(step(again, "check"), "detail"));
    assertEquals("succeeded", text(again, "state"), again.toPrettyString());
  }
}
