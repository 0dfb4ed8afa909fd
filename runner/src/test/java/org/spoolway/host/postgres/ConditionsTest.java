package org.spoolway.host.postgres;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Database;
import org.spoolway.host.Database.CopyMethod;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** What is found in a database, or missing to a role, before anything is copied. */
class ConditionsTest {

  @RegisterExtension
  static final PostgresExtension POSTGRES =
      new PostgresExtension(
          PostgresOptions.usual()
              .with("wal_level", "logical")
              .with("max_prepared_transactions", "4"));

  @TempDir Path scratch;
  private final PostgresCluster cluster = POSTGRES.cluster();
  private NotesOnPostgres notes;

  @BeforeEach
  void furnish() {
    notes = new NotesOnPostgres(cluster, scratch);
    cluster.sql(
        "postgres",
        "CREATE ROLE notes_owner LOGIN CREATEDB; CREATE DATABASE notes OWNER notes_owner;"
            + " CREATE DATABASE others");
    notes.sql("CREATE TABLE note (text text)");
  }

  @AfterEach
  void remove() {
    cluster.dropDatabases("others");
    notes.remove();
  }

  private Database as(String role) {
    return notes.databaseAs(role, null, cluster.socketDirectory().toString());
  }

  /** Both by the look before a job and by the copy itself, which then leaves nothing. */
  private void assertRefused(Database database, String... found) {
    ProblemException ready = assertThrows(ProblemException.class, database::requireReady);
    ProblemException copy =
        assertThrows(ProblemException.class, () -> database.snapshot(notes.data("1")));
    assertAll(
        () -> assertEquals(Problem.SNAPSHOT_FAILED, ready.problem()),
        () -> assertNamed(ready.getMessage(), found),
        () -> assertFalse(ready.fix().isBlank()),
        () -> assertEquals(ready.getMessage(), copy.getMessage()),
        () -> assertEquals(ready.fix(), copy.fix()),
        () -> assertEquals("notes", notes.names()));
  }

  private static void assertNamed(String message, String... found) {
    assertTrue(message.startsWith("cannot copy the database notes: "), message);
    assertFalse(message.contains("another"), message);
    for (String part : found) {
      assertTrue(message.contains(part), message);
    }
  }

  private void assertReady(Database database) throws ProblemException {
    String method = database.requireReady().method();
    assertTrue(method.startsWith("the server copies it: "), method);
  }

  @Test
  void aSuperuserPassesAndAnOwnerWhoMayCreateDatabases() throws Exception {
    assertReady(notes.database(CopyMethod.COPY));
    assertReady(as("notes_owner"));
  }

  @Test
  void aMemberOfTheOwnersRolePasses() throws Exception {
    cluster.sql("postgres", "CREATE ROLE notes_member LOGIN CREATEDB IN ROLE notes_owner");
    assertReady(as("notes_member"));
  }

  @Test
  void aRoleThatMayNotCreateDatabasesIsRefused() {
    cluster.sql("postgres", "ALTER ROLE notes_owner NOCREATEDB");
    assertRefused(as("notes_owner"), "notes_owner", "create databases");
  }

  @Test
  void aRoleThatDoesNotOwnTheDatabaseIsRefused() {
    cluster.sql("postgres", "CREATE ROLE notes_web LOGIN CREATEDB");
    assertRefused(as("notes_web"), "notes_web", "owner notes_owner");
  }

  @Test
  void preparedTransactionsThatWaitInItAreNamed() throws Exception {
    prepare("others", "of another's");
    assertReady(notes.database(CopyMethod.COPY));
    prepare("notes", "it's half done");
    prepare("notes", "second");
    try {
      assertRefused(
          notes.database(CopyMethod.COPY), "prepared transactions", "it's half done", "second");
    } finally {
      notes.sql("ROLLBACK PREPARED 'it''s half done'; ROLLBACK PREPARED 'second'");
      cluster.sql("others", "ROLLBACK PREPARED 'of another''s'");
    }
    assertReady(notes.database(CopyMethod.COPY));
  }

  private void prepare(String database, String name) {
    cluster.sql(
        database,
        "BEGIN; CREATE TABLE \"%s\" (); PREPARE TRANSACTION '%s'"
            .formatted(name, name.replace("'", "''")));
  }

  @Test
  void logicalReplicationSlotsOfItAreNamed() throws Exception {
    makeSlot("others", "of_another");
    try {
      assertReady(notes.database(CopyMethod.COPY));
      makeSlot("notes", "search_index");
      assertRefused(notes.database(CopyMethod.COPY), "replication slots", "search_index");
    } finally {
      cluster.sql(
          "postgres", "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    }
    assertReady(notes.database(CopyMethod.COPY));
  }

  private void makeSlot(String database, String name) {
    cluster.sql(
        database,
        "SELECT pg_create_logical_replication_slot('%s', 'test_decoding')".formatted(name));
  }

  @Test
  void subscriptionsOfItAreNamed() throws Exception {
    subscribe("others", "of_another");
    try {
      assertReady(notes.database(CopyMethod.COPY));
      subscribe("notes", "catalogue");
      assertRefused(notes.database(CopyMethod.COPY), "subscriptions", "catalogue");
    } finally {
      notes.sql("DROP SUBSCRIPTION IF EXISTS catalogue");
      cluster.sql("others", "DROP SUBSCRIPTION of_another");
    }
    assertReady(notes.database(CopyMethod.COPY));
  }

  private void subscribe(String database, String name) {
    cluster.sql(
        database,
        "CREATE SUBSCRIPTION %s CONNECTION 'dbname=nowhere' PUBLICATION all_of_it".formatted(name)
            + " WITH (connect = false, slot_name = NONE, enabled = false)");
  }

  @Test
  void aTemplateIsRefused() throws Exception {
    cluster.sql("postgres", "ALTER DATABASE notes IS_TEMPLATE true");
    try {
      assertRefused(notes.database(CopyMethod.COPY), "marked as a template");
    } finally {
      cluster.sql("postgres", "ALTER DATABASE notes IS_TEMPLATE false");
    }
    assertReady(notes.database(CopyMethod.COPY));
  }

  @Test
  void theSuperusersRightsAreNoMatterOfWhoseItIs() throws Exception {
    cluster.sql("postgres", "CREATE ROLE notes_helper LOGIN SUPERUSER NOCREATEDB");
    assertReady(as("notes_helper"));
  }
}
