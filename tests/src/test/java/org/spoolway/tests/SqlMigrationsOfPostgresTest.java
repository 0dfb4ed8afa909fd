package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.tests.Results.step;
import static org.spoolway.tests.Results.text;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.host.postgres.PostgresCluster;
import org.spoolway.host.postgres.PostgresExtension;
import org.spoolway.host.postgres.PostgresOptions;
import tools.jackson.databind.JsonNode;

/** Releases that ship plain SQL, on a PostgreSQL server, where one role copies and another owns. */
class SqlMigrationsOfPostgresTest {

  private static final String FIRST =
      "CREATE TABLE notes (id serial PRIMARY KEY, text text);\nINSERT INTO notes (text) VALUES ('one');\n";

  @RegisterExtension
  static final PostgresExtension POSTGRES = new PostgresExtension(PostgresOptions.usual());

  @RegisterExtension final Home home = new Home();
  private final PostgresCluster cluster = POSTGRES.cluster();
  private SampleApplication application;
  private Spool spool;

  @BeforeEach
  void install() {
    cluster.dropDatabases("notes");
    cluster.sql("postgres", "DROP ROLE IF EXISTS notes");
    cluster.sql("postgres", "CREATE ROLE notes LOGIN; CREATE DATABASE notes OWNER notes");
    application = new SampleApplication(home, "app");
    PostgresData.describe(cluster, "notes", application.file().without("database"))
        .without("migrate")
        .set("migrate", "sql", "\"migrations/*.sql\"")
        .set("migrate", "role", "\"notes\"")
        // What a copy shows anyway is to be met with the data themselves.
        .set("migrate", "rehearse", "false")
        .set("migrate", "timeout", "\"15s\"");
    spool = application.release("1.0.0", release()).installed("1.0.0");
  }

  private static Release release() {
    return new Release()
        .with("migrations/1.sql", FIRST)
        .without("migrations/2.sql")
        .without("migrations/3.sql");
  }

  private JsonNode update(String version, String sql) {
    application.release(version, release().with("migrations/2.sql", sql));
    return spool.ask("update@" + version);
  }

  @Test
  void filesAreAppliedOnceAsTheRoleThatOwnsTheData() {
    JsonNode result = update("1.1.0", "CREATE TABLE tags (text text);\n");

    assertEquals("succeeded", text(result, "state"), result.toPrettyString());
    assertEquals("pending: 2.sql", text(step(result, "check"), "detail"));
    String log = spool.log(result);
    assertTrue(log.matches("(?s).*\napplying 2.sql\napplied 2.sql in [0-9]+ ms\n.*"), log);
    assertEquals(
        "notes|notes\nspoolway_migrations|notes\ntags|notes",
        cluster.sql(
            "notes",
            "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"));
    assertEquals(
        "1.sql|1.0.0\n2.sql|1.1.0",
        cluster.sql("notes", "SELECT name, version FROM spoolway_migrations ORDER BY name"));
    assertEquals(
        "skipped",
        text(step(update("1.1.1", "CREATE TABLE tags (text text);\n"), "stop"), "state"));
  }

  @Test
  void whatFailsOrHangsIsUndoneWithAndWithoutATransaction() {
    String before = cluster.dump("notes");
    String bad = "DELETE FROM notes;\nSELECT 1/0;\n";
    String none = "-- spoolway: no-transaction\n";
    int patch = 0;
    for (String sql :
        new String[] {bad, none + bad, none + "DELETE FROM notes;\nSELECT pg_sleep(600);\n"}) {
      String version = "1.1." + patch++;
      JsonNode result = update(version, sql);
      String code = sql.contains("sleep") ? "MIGRATION_TIMED_OUT" : "MIGRATION_FAILED";
      Results.assertError("rolled_back", code, "migrate", result);
      String message = text(result.path("error"), "message");
      assertTrue(message.startsWith("cannot migrate to " + version + " with 2.sql: "), message);
      assertEquals(before, cluster.dump("notes"));
    }
  }

  @Test
  void whatFailsOrHangsIsFoundOnACopyUnlessThatIsForbidden() {
    home.stopRunners();
    application.file().set("migrate", "rehearse", "true").set("migrate", "timeout", "\"2s\"");
    application.write();
    home.run();
    String before = cluster.dump("notes");
    Results.assertError("failed", "MIGRATION_FAILED", "rehearse", update("1.1.0", "SELECT 1/0;\n"));
    Results.assertError(
        "failed", "MIGRATION_TIMED_OUT", "rehearse", update("1.1.1", "SELECT pg_sleep(600);\n"));
    assertEquals(before, cluster.dump("notes"));
    assertEquals(
        "",
        cluster.sql(
            "postgres", "SELECT datname FROM pg_database WHERE datname ~ 'notes_spoolway_copy'"));
  }

  @Test
  void aFileThatHasChangedIsRefusedBeforeAnythingStops() {
    long pid = application.pid();
    application.release("1.1.0", release().with("migrations/1.sql", FIRST + "-- better\n"));

    JsonNode result = spool.ask("update@1.1.0");

    Results.assertError("failed", "MIGRATION_REFUSED", "check", result);
    assertEquals(pid, application.pid());
  }
}
