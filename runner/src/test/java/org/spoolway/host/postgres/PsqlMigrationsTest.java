package org.spoolway.host.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.process.HostAccounts;
import org.spoolway.migration.ClientRun;
import org.spoolway.migration.MigrationFile;
import org.spoolway.migration.MigrationFile.Transaction;
import org.spoolway.migration.SqlClient;
import org.spoolway.migration.SqlFiles;
import org.spoolway.schema.Version;

/** With a real server, in a database that a role of the application's own owns. */
class PsqlMigrationsTest {

  @RegisterExtension
  static final PostgresExtension POSTGRES =
      new PostgresExtension(PostgresOptions.usual().withPassword("of the superuser"));

  private final PostgresCluster cluster = POSTGRES.cluster();
  @TempDir private Path scratch;
  private ClientRun run;

  @BeforeEach
  void makeDatabase() throws Exception {
    new NotesOnPostgres(cluster, scratch).remove();
    sql("postgres", "CREATE ROLE notes LOGIN PASSWORD 'secret'; CREATE DATABASE notes OWNER notes");
    run = new ClientRun(client(cluster, "notes", null), scratch, null);
    run.ship("0001_notes.sql", "CREATE TABLE note (text text);\nINSERT INTO note VALUES ('a');\n");
  }

  /** As a role, or as the account that it runs as where that is null. */
  private SqlClient client(
      PostgresCluster cluster, @Nullable String role, @Nullable Path passfile) {
    String host = passfile == null ? cluster.socketDirectory().toString() : "127.0.0.1";
    return new PsqlMigrations(
        new NotesOnPostgres(cluster, scratch).serverAs(cluster.superuser(), null, host),
        new SqlFiles("migrations/*.sql", role, passfile));
  }

  private String sql(String database, String statements) {
    return cluster.sql(database, statements);
  }

  @Test
  void filesAreAppliedOnceInOrderAndWhatTheyMakeIsTheRoles() throws Exception {
    run.ship("0002_tags.sql", "CREATE TABLE tag (text text);");
    assertEquals(List.of(), run.history());
    assertEquals(List.of("0001_notes.sql", "0002_tags.sql"), run.apply());
    assertTrue(run.output().matches("(?s).*\napplied 0002_tags.sql in [0-9]+ ms\n.*"));
    assertEquals(
        "note|notes\nspoolway_migrations|notes\ntag|notes",
        sql(
            "notes",
            "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"));
    assertEquals(
        "0001_notes.sql|64|t|t|1.1.0\n0002_tags.sql|64|t|t|1.1.0",
        sql(
            "notes",
            "SELECT name, length(sha256), applied_at > now() - interval '1 minute', milliseconds"
                + " BETWEEN 0 AND 60000, version FROM spoolway_migrations ORDER BY name"));
    assertEquals(List.of(), run.apply());
    assertEquals("a", sql("notes", "SELECT text FROM note"));
  }

  @Test
  void ofAFileThatFailsNothingStaysAndThoseBeforeItDo() throws Exception {
    run.ship("0002_bad.sql", "CREATE TABLE half (x int);\nALTER TABLE missing ADD y int;\n");
    assertEquals(
        "0002_bad.sql: psql:"
            + scratch.resolve("release/migrations/0002_bad.sql")
            + ":2: ERROR:  relation \"missing\" does not exist",
        run.failure());
    assertEquals("", sql("notes", "SELECT to_regclass('half')"));
    assertEquals("0001_notes.sql", sql("notes", "SELECT name FROM spoolway_migrations"));
  }

  @Test
  void whatIsCheckedLastFailsTheFileToo() throws Exception {
    run.ship(
        "0002_bad.sql",
        """
        CREATE TABLE a (i int PRIMARY KEY);
        CREATE TABLE b (i int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
        INSERT INTO b VALUES (1);
        """);
    String failure = run.failure();
    assertTrue(failure.startsWith("0002_bad.sql: ERROR:  insert or update on table"), failure);
    assertEquals("0001_notes.sql", sql("notes", "SELECT name FROM spoolway_migrations"));
  }

  @Test
  void aFileMayDoWithoutATransaction() throws Exception {
    run.ship(
        "0002_index.sql",
        "-- spoolway: no-transaction\nCREATE INDEX CONCURRENTLY i ON note (text);\nVACUUM note;\n");
    run.apply();
    assertEquals("i", sql("notes", "SELECT indexname FROM pg_indexes WHERE tablename = 'note'"));
    run.ship(
        "0003_half.sql",
        "-- spoolway: no-transaction\nINSERT INTO note VALUES ('b');\nSELECT 1/0;\n");
    assertTrue(run.failure().endsWith(":3: ERROR:  division by zero"), run.output());
    assertEquals("a\nb", sql("notes", "SELECT text FROM note ORDER BY 1"));
    assertEquals("2", sql("notes", "SELECT count(*) FROM spoolway_migrations"));
  }

  @Test
  void aFileThatEndsItsTransactionIsNotTakenForApplied() throws Exception {
    for (String end : List.of("COMMIT", "ROLLBACK")) {
      run.ship("0002_ends.sql", "INSERT INTO note VALUES ('b');\n" + end + ";\n");
      String failure = run.failure();
      assertTrue(
          failure.startsWith("0002_ends.sql: ERROR:  the file ends its transaction itself"),
          failure);
      assertEquals(
          "0",
          sql("notes", "SELECT count(*) FROM spoolway_migrations WHERE name = '0002_ends.sql'"));
    }
  }

  @Test
  void theHistoryIsFoundWhateverAFileSets() throws Exception {
    sql("postgres", "CREATE ROLE other; GRANT other TO notes");
    try {
      run.ship(
          "0002_sets.sql",
          "SELECT pg_catalog.set_config('search_path', '', false);\nSET ROLE other;\n");
      run.ship("0003_next.sql", "INSERT INTO note VALUES ('b');\n");
      run.apply();
      assertEquals("3", sql("notes", "SELECT count(*) FROM public.spoolway_migrations"));
    } finally {
      sql("postgres", "DROP ROLE other");
    }
  }

  @Test
  void theHistoryLiesWhereTheRoleMakesItsTables() throws Exception {
    sql("notes", "CREATE SCHEMA app AUTHORIZATION notes; ALTER ROLE notes SET search_path = app");
    run.apply();
    assertEquals("1", sql("notes", "SELECT count(*) FROM app.spoolway_migrations"));
    assertEquals(1, run.history().size());
  }

  @Test
  void noLimitOfTheRolesEndsAMigration() throws Exception {
    sql("postgres", "ALTER ROLE notes SET statement_timeout = '50ms'");
    run.ship("0002_slow.sql", "SELECT pg_sleep(0.2);\n");
    run.apply();
  }

  @Test
  void thePasswordComesFromAFile() throws Exception {
    Path passfile = scratch.resolve("pass");
    Files.writeString(passfile, "127.0.0.1:*:notes:notes:secret\n");
    Files.setPosixFilePermissions(passfile, PosixFilePermissions.fromString("rw-------"));
    ClientRun overTcp = new ClientRun(client(cluster, "notes", passfile), scratch, null);
    assertEquals(List.of("0001_notes.sql"), overTcp.apply());
  }

  @Test
  void theRoleIsTheAccountsWhereTheServerAsksForThat() throws Exception {
    assumeTrue(new HostAccounts().ownUid() == 0, "only root can become another user");
    try (PostgresCluster peers = PostgresCluster.start(PostgresOptions.usual().withPeer())) {
      peers.sql("postgres", "CREATE ROLE nobody LOGIN; CREATE DATABASE notes OWNER nobody");
      letOthersIn();
      new ClientRun(client(peers, null, null), scratch, "nobody").apply();
      assertEquals(
          "nobody",
          peers.sql("notes", "SELECT tableowner FROM pg_tables WHERE tablename = 'note'"));
    }
  }

  private void letOthersIn() throws Exception {
    Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void noSecretAndNothingOfTheFileIsOnTheCommandLine() throws Exception {
    MigrationFile file =
        new MigrationFile("1.sql", Path.of("/r/1.sql"), "ab".repeat(32), Transaction.OWN);
    SqlClient.Invocation invocation =
        client(cluster, "notes", Path.of("/etc/pass"))
            .apply(List.of(file), new Version("1.1.0"))
            .get(0);
    List<String> line = invocation.arguments();
    assertEquals(
        List.of("-X", "-q", "-A", "-t", "-w", "-v", "ON_ERROR_STOP=1", "-p"), line.subList(1, 9));
    assertEquals("/r/1.sql", line.get(line.indexOf("-f") + 1));
    assertEquals(
        Optional.of("/etc/pass"), Optional.ofNullable(invocation.environment().get("PGPASSFILE")));
  }
}
