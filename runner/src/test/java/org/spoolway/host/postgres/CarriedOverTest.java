package org.spoolway.host.postgres;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.host.Database;
import org.spoolway.host.Database.Afterwards;
import org.spoolway.host.Database.CopyMethod;
import org.spoolway.host.Database.TableRows;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** All that belongs to a database comes back with it, also what the server copies with none. */
class CarriedOverTest {

  @RegisterExtension
  static final PostgresExtension POSTGRES =
      new PostgresExtension(PostgresOptions.usual().with("max_prepared_transactions", "4"));

  private final PostgresCluster cluster = POSTGRES.cluster();
  @TempDir Path scratch;
  private NotesOnPostgres notes;

  @BeforeEach
  void furnish() {
    notes = new NotesOnPostgres(cluster, scratch);
    cluster.sql(
        "postgres",
        """
        CREATE ROLE "notes owner" LOGIN CREATEDB;
        CREATE ROLE notes_web LOGIN;
        CREATE ROLE notes_reader;
        CREATE ROLE notes_guest;
        CREATE DATABASE notes OWNER "notes owner" CONNECTION LIMIT 17
          ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
        REVOKE ALL ON DATABASE notes FROM PUBLIC;
        GRANT CONNECT ON DATABASE notes TO notes_web WITH GRANT OPTION;
        GRANT TEMPORARY, CREATE ON DATABASE notes TO notes_web;
        SET ROLE notes_web;
        GRANT CONNECT ON DATABASE notes TO notes_reader WITH GRANT OPTION;
        SET ROLE notes_reader;
        GRANT CONNECT ON DATABASE notes TO notes_guest;
        RESET ROLE;
        ALTER DATABASE notes SET search_path TO "$user", public, "a ""b"", c";
        ALTER DATABASE notes SET statement_timeout TO '7s';
        ALTER DATABASE notes SET default_transaction_read_only TO off;
        ALTER DATABASE notes SET notes.motto TO 'it''s a \\ "note", yes';
        ALTER ROLE notes_web IN DATABASE notes SET search_path TO '';
        ALTER ROLE notes_web IN DATABASE notes SET work_mem TO '9MB';
        COMMENT ON DATABASE notes IS 'All "notes", the owner''s
        and others';
        """);
    notes.sql(
        """
        CREATE SCHEMA extra AUTHORIZATION "notes owner";
        CREATE TABLE note (id serial PRIMARY KEY, text text NOT NULL, picture oid);
        CREATE SEQUENCE ticket START 100; SELECT nextval('ticket');
        INSERT INTO note (text, picture) VALUES ('ärger', lo_from_bytea(0, '\\x0102ff'));
        CREATE INDEX ON note (lower(text));
        CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM note;
        CREATE FUNCTION twice(i int) RETURNS int LANGUAGE sql AS 'SELECT 2 * i';
        CREATE POLICY own ON note USING (true); ALTER TABLE note ENABLE ROW LEVEL SECURITY;
        GRANT SELECT, INSERT ON note TO notes_web; GRANT USAGE ON SEQUENCE ticket TO notes_web;
        ALTER DEFAULT PRIVILEGES IN SCHEMA extra GRANT SELECT ON TABLES TO notes_reader;
        """);
  }

  @AfterEach
  void remove() {
    notes.remove();
  }

  @ParameterizedTest
  @EnumSource(
      value = CopyMethod.class,
      names = {"COPY", "DUMP"})
  void aDatabaseThatIsPutBackIsAsItWas(CopyMethod method) throws Exception {
    String before = cluster.dump("notes");
    Database database = notes.database(method);
    Path snapshot = notes.data("1");
    database.snapshot(snapshot);
    assertEquals(before, cluster.dump("notes"), "of the original after it was copied");
    spoil();
    database.restore(snapshot, notes.data("2"));
    assertEquals(before, cluster.dump("notes"));
  }

  @Test
  void aDuplicateIsAsItWasToo() throws Exception {
    String before = cluster.dump("notes");
    Database database = notes.database(CopyMethod.COPY);
    Path snapshot = notes.data("1");
    database.snapshot(snapshot);
    spoil();
    Path staged = database.stage(snapshot, scratch.resolve("3/data"), Afterwards.KEPT);
    database.restore(staged, notes.data("2"));
    assertEquals(before, cluster.dump("notes"));
  }

  @Test
  void theOneThatIsPutAsideKeepsItsOwn() throws Exception {
    Database database = notes.database(CopyMethod.COPY);
    Path snapshot = notes.data("1");
    database.snapshot(snapshot);
    spoil();
    String spoiled = cluster.dump("notes");
    Path aside = notes.data("2");
    database.restore(snapshot, aside);
    database.restore(aside, snapshot);
    assertEquals(spoiled, cluster.dump("notes"));
  }

  /**
   * Jobs begin to count anew when a deployment is installed again, and others may have such names.
   */
  @Test
  void databasesOfOthersAreNeitherTakenNorDropped() throws Exception {
    cluster.sql("postgres", "CREATE DATABASE notes_spoolway_1; CREATE DATABASE notes_spoolway_2");
    Database database = notes.database(CopyMethod.COPY);
    database.snapshot(notes.data("1"));
    database.restore(notes.data("1"), notes.data("2"));
    database.discard(notes.data("1"));
    database.discard(notes.data("2"));
    assertEquals("notes\nnotes_spoolway_1\nnotes_spoolway_2", notes.names());
  }

  @Test
  void theSchemaIsWhatReleasesRelyOn() throws Exception {
    Database database = notes.database(CopyMethod.COPY);
    String schema = database.contents().schema();
    notes.sql("CREATE INDEX ON note (picture); GRANT SELECT ON note TO notes_guest; ANALYZE");
    notes.sql("INSERT INTO note (text) VALUES ('more')");
    assertEquals(schema, database.contents().schema());
    Set<String> schemas = new HashSet<>(Set.of(schema));
    for (String change :
        List.of(
            "ALTER TABLE note ADD COLUMN title text",
            "ALTER TABLE note ADD CHECK (id > 0)",
            "ALTER TABLE note ALTER COLUMN title SET DEFAULT 'none'",
            "CREATE VIEW titles AS SELECT title FROM note",
            "CREATE TYPE mood AS ENUM ('calm')",
            "ALTER TYPE mood ADD VALUE 'other'",
            "CREATE TABLE alembic_version (version_num text)",
            "INSERT INTO alembic_version VALUES ('a1')",
            "UPDATE alembic_version SET version_num = 'b2'")) {
      notes.sql(change);
      assertTrue(schemas.add(database.contents().schema()), change);
    }
  }

  @Test
  void rowsAreToldAsTheServerCountsThem() throws Exception {
    Database database = notes.database(CopyMethod.COPY);
    TableRows before = rows(database);
    notes.sql("INSERT INTO note (text) VALUES ('two'), ('three')");
    notes.sql("UPDATE note SET text = 'TWO' WHERE text = 'two'; DELETE FROM note WHERE id = 1");
    TableRows after = rows(database);
    assertEquals(
        new TableRows("public.note", 2, 1, 1),
        new TableRows(
            after.table(),
            after.added() - before.added(),
            after.changed() - before.changed(),
            after.removed() - before.removed()));
  }

  private static TableRows rows(Database database) throws ProblemException {
    return database.contents().rows().stream()
        .filter(rows -> rows.table().equals("public.note"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void copiesLetNobodyIn() throws Exception {
    Database database = notes.database(CopyMethod.COPY);
    database.snapshot(notes.data("1"));
    database.restore(notes.data("1"), notes.data("2"));
    assertEquals(
        "notes t\nnotes_spoolway_2 f",
        cluster.sql(
            "postgres",
            "SELECT datname || ' ' || left(datallowconn::text, 1) FROM pg_database"
                + " WHERE datname LIKE 'notes%' ORDER BY datname"));
  }

  @Test
  void aTransactionThatWasPreparedByTheFailedReleaseIsInNobodysWay() throws Exception {
    Database database = notes.database(CopyMethod.COPY);
    database.snapshot(notes.data("1"));
    notes.sql("BEGIN; INSERT INTO note (text) VALUES ('x'); PREPARE TRANSACTION 'half''s'");
    database.restore(notes.data("1"), notes.data("2"));
    assertAll(
        () -> assertEquals("1", notes.sql("SELECT count(*) FROM note")),
        () -> assertEquals("", cluster.sql("postgres", "SELECT gid FROM pg_prepared_xacts")));
  }

  @Test
  void theOwnerMayDoWithoutASuperuserWhereNothingNeedsOne() throws Exception {
    cluster.sql(
        "postgres",
        "REVOKE CONNECT ON DATABASE notes FROM notes_web CASCADE;"
            + " GRANT CONNECT ON DATABASE notes TO notes_web;"
            + " ALTER DATABASE notes RESET notes.motto;"
            + " ALTER ROLE notes_web IN DATABASE notes RESET ALL");
    String before = cluster.dump("notes");
    Database database = notes.databaseAs("notes owner", null, cluster.socketDirectory().toString());
    database.requireReady();
    database.snapshot(notes.data("1"));
    notes.sql("DROP TABLE note CASCADE");
    database.restore(notes.data("1"), notes.data("2"));
    assertEquals(before, cluster.dump("notes"));
    assertTrue(notes.names().contains("notes_spoolway_2"), notes.names());
  }

  @Test
  void whatTheRoleMayNotGiveToACopyIsToldBeforehand() throws Exception {
    String before = cluster.dump("notes");
    Database database = notes.databaseAs("notes owner", null, cluster.socketDirectory().toString());
    ProblemException refused = assertThrows(ProblemException.class, database::requireReady);
    assertAll(
        () -> assertEquals(Problem.SNAPSHOT_FAILED, refused.problem()),
        () -> assertTrue(refused.getMessage().contains("permission denied"), refused.getMessage()),
        () -> assertTrue(refused.getMessage().contains(" for SET ROLE "), refused.getMessage()),
        () -> assertTrue(refused.fix().contains("superuser"), refused.fix()),
        () -> assertEquals(before, cluster.dump("notes")));
  }

  /** What a migration, or somebody who helps, may do to it. */
  private void spoil() {
    notes.sql("DROP TABLE note CASCADE; DROP SEQUENCE ticket; CREATE TABLE other (i int)");
    cluster.sql(
        "postgres",
        """
        ALTER DATABASE notes OWNER TO CURRENT_USER;
        ALTER DATABASE notes CONNECTION LIMIT -1;
        ALTER DATABASE notes RESET ALL;
        ALTER ROLE notes_web IN DATABASE notes RESET ALL;
        GRANT ALL ON DATABASE notes TO PUBLIC;
        COMMENT ON DATABASE notes IS 'spoiled';
        """);
  }
}
