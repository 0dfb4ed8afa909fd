package org.spoolway.host.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Database.CopyMethod;
import org.spoolway.migration.TrialDatabase;
import org.spoolway.problem.ProblemException;

/** Copies of a database on a real server, for releases to be tried on. */
class PostgresTrialTest {

  @RegisterExtension
  static final PostgresExtension POSTGRES = new PostgresExtension(PostgresOptions.usual());

  @TempDir Path scratch;
  private NotesOnPostgres notes;
  private Path record;

  @BeforeEach
  void make() {
    notes = new NotesOnPostgres(POSTGRES.cluster(), scratch);
    notes.remove();
    notes.create();
    record = notes.data("rehearsal");
  }

  @AfterEach
  void remove() {
    notes.remove();
  }

  private TrialDatabase trial() {
    return notes.trialAs(POSTGRES.cluster().superuser());
  }

  private String sql(String database, String statements) {
    return POSTGRES.cluster().sql(database, statements);
  }

  private String copy(TrialDatabase trial) throws ProblemException {
    return trial.copy(record, scratch);
  }

  @Test
  void aCopyHasTheDataAndTheRightsAndNobodyIsSentAway() throws Exception {
    sql("postgres", "CREATE ROLE notes_app LOGIN; REVOKE ALL ON DATABASE notes FROM PUBLIC");
    sql("postgres", "GRANT CONNECT ON DATABASE notes TO notes_app");
    sql("notes", "GRANT SELECT ON note TO notes_app");
    long sessions = Long.parseLong(sql("notes", "SELECT count(*) FROM pg_stat_activity"));
    String before = POSTGRES.cluster().dump("notes");

    String copy = copy(trial());

    assertEquals("notes_spoolway_rehearsal", copy);
    assertEquals("one", sql(copy, "SET ROLE notes_app; SELECT text FROM note"));
    assertEquals(
        sql("postgres", "SELECT datacl FROM pg_database WHERE datname = 'notes'"),
        sql("postgres", "SELECT datacl FROM pg_database WHERE datname = '" + copy + "'"));
    assertTrue(sessions > 0);
    assertEquals(before, POSTGRES.cluster().dump("notes"));
    trial().discard(record);
    assertEquals("notes", notes.names());
    sql("notes", "DROP OWNED BY notes_app");
  }

  @Test
  void whatLocksTablesOfUsersIsToldAndNothingElse() throws Exception {
    String copy = copy(trial());
    sql(
        copy,
        """
        CREATE TABLE tag (name text);
        ALTER TABLE tag ADD COLUMN colour text;
        CREATE INDEX CONCURRENTLY ON note (text);
        CREATE INDEX ON note (id, text);
        ALTER TABLE note ALTER COLUMN id TYPE bigint;
        """);
    List<String> locks = trial().locks(copy);
    assertEquals(2, locks.size(), locks.toString());
    assertTrue(
        locks.get(0).matches("CREATE INDEX locks public.note for writing \\(\\d+ kB\\)"),
        locks.get(0));
    assertTrue(
        locks.get(1).matches("ALTER TABLE locks public.note \\(\\d+ kB, written anew\\)"),
        locks.get(1));
  }

  /** Its temporary tables are looked at first where a name is not whole. */
  @Test
  void noTableOfASessionsOwnIsTakenForOneOfTheWatch() throws Exception {
    sql("postgres", "CREATE ROLE notes_owner LOGIN");
    sql("postgres", "ALTER DATABASE notes OWNER TO notes_owner");
    sql(
        "notes",
        "ALTER TABLE note OWNER TO notes_owner; GRANT ALL ON SCHEMA public TO notes_owner");
    String copy = copy(trial());
    sql(
        copy,
        """
        SET ROLE notes_owner;
        CREATE FUNCTION public.steal() RETURNS text LANGUAGE plpgsql AS $$
          BEGIN ALTER ROLE notes_owner SUPERUSER; RETURN 'stolen'; END $$;
        CREATE TEMP TABLE seen (number serial, transaction bigint, oid oid,
          statement text DEFAULT public.steal(), mode text, rewritten boolean);
        CREATE TEMP TABLE watched AS SELECT 1 AS oid, 'x' AS name, 2 AS relfilenode, 3 AS bytes;
        ALTER TABLE note ADD COLUMN title text;
        """);
    assertEquals(
        "f", sql("postgres", "SELECT rolsuper FROM pg_roles WHERE rolname = 'notes_owner'"));
    assertEquals(List.of("ALTER TABLE locks public.note (32 kB)"), trial().locks(copy));
    trial().discard(record);
    sql("postgres", "DROP DATABASE notes");
  }

  /** Whoever owns a database says where its sessions look for functions. */
  @Test
  void noFunctionOfTheApplicationsIsCalledByWhoLooks() throws Exception {
    sql("notes", "CREATE SCHEMA evil");
    sql(
        "notes",
        """
        CREATE FUNCTION evil.lower(name) RETURNS text LANGUAGE plpgsql AS $$
          BEGIN RAISE 'called'; END $$;
        CREATE FUNCTION evil.md5(text) RETURNS text LANGUAGE plpgsql AS $$
          BEGIN RAISE 'called'; END $$;
        ALTER DATABASE notes SET search_path = evil, pg_catalog;
        """);
    assertEquals(32, notes.database(CopyMethod.COPY).contents().schema().length());
  }

  @Test
  void aSuperusersCopyIsARisk() throws Exception {
    assertTrue(String.valueOf(trial().risk()).contains("superuser"), trial().risk());
    sql("postgres", "CREATE ROLE notes_owner LOGIN CREATEDB");
    sql("postgres", "ALTER DATABASE notes OWNER TO notes_owner");
    assertNull(notes.trialAs("notes_owner").risk());
    sql("postgres", "DROP DATABASE notes");
  }

  @Test
  void whoIsNoSuperuserCopiesTooAndTellsOfNoLocks() throws Exception {
    sql("postgres", "CREATE ROLE notes_owner LOGIN CREATEDB");
    sql("postgres", "ALTER DATABASE notes OWNER TO notes_owner");
    sql("notes", "ALTER TABLE note OWNER TO notes_owner");
    TrialDatabase trial = notes.trialAs("notes_owner");
    String copy = copy(trial);
    sql(copy, "ALTER TABLE note ADD COLUMN title text");
    assertEquals(List.of(), trial.locks(copy));
    trial.discard(record);
    assertEquals("notes", notes.names());
    sql("postgres", "DROP DATABASE notes");
  }

  /** Whatever is connected, and whatever a runner that was killed had come to. */
  @Test
  void aCopyGoesAlsoWhenItIsInUseOrHalfMade() throws Exception {
    String copy = copy(trial());
    sql(copy, "SELECT 1");
    trial().discard(record);
    trial().discard(record);
    assertEquals("notes", notes.names());

    sql("postgres", "CREATE DATABASE notes_spoolway_rehearsal");
    SnapshotRecord.begun("notes_spoolway_rehearsal").write(record);
    trial().discard(record);
    assertEquals("notes", notes.names());
  }

  @Test
  void nothingIsThereToCopyWhereThereIsNoDatabase() throws Exception {
    assertTrue(trial().bytes().orElseThrow() > 1 << 20);
    notes.remove();
    assertEquals(OptionalLong.empty(), trial().bytes());
  }

  /** A dump takes as much room as the database, and is of no use once it is read back. */
  @Test
  void theDumpIsGoneOnceThereIsACopy() throws IOException, ProblemException {
    copy(trial());
    assertFalse(Files.exists(Dump.directory(record)));
    trial().discard(record);
  }
}
