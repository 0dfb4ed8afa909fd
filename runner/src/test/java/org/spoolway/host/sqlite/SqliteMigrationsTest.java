package org.spoolway.host.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.MigrationDelegate;
import org.spoolway.host.process.HostAccounts;
import org.spoolway.host.process.UserJvm;
import org.spoolway.migration.ClientRun;

/** With real SQLite, in a process of its own. */
class SqliteMigrationsTest {

  @TempDir private Path scratch;
  private Path database;
  private ClientRun run;

  @BeforeEach
  void ship() throws Exception {
    database = scratch.resolve("data/notes.db");
    Files.createDirectory(scratch.resolve("data"));
    run = new ClientRun(client(UserJvm.line(MigrationDelegate.class)), scratch, null);
    run.ship("0001_notes.sql", "CREATE TABLE note (text);\nINSERT INTO note VALUES ('a');\n");
  }

  private SqliteMigrations client(List<String> program) {
    return new SqliteMigrations(database, program);
  }

  private String sql(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return String.join(" ", rows);
  }

  @Test
  void filesAreAppliedOnceInOrderAndTheDatabaseIsMade() throws Exception {
    run.ship("0002_tags.sql", "CREATE TABLE tag (text); -- the last statement needs no end");
    assertEquals(List.of(), run.history());
    assertFalse(Files.exists(database), "asking makes nothing");
    assertEquals(List.of("0001_notes.sql", "0002_tags.sql"), run.apply());
    assertTrue(run.output().matches("(?s).*\napplied 0002_tags.sql in [0-9]+ ms\n.*"));
    assertEquals(
        "0001_notes.sql,1.1.0,1 0002_tags.sql,1.1.0,1",
        sql(
            "SELECT name || ',' || version || ',' || (julianday('now') - julianday(applied_at) <"
                + " 0.001 AND milliseconds < 60000) FROM spoolway_migrations ORDER BY name"));
    assertEquals(List.of(), run.apply());
    assertEquals("a", sql("SELECT text FROM note"));
  }

  @Test
  void ofAFileThatFailsNothingStaysAndThoseBeforeItDo() throws Exception {
    run.ship("0002_bad.sql", "CREATE TABLE half (x);\nALTER TABLE missing ADD y;\n");
    assertEquals(
        "0002_bad.sql: sqlite: cannot migrate "
            + database
            + ": [SQLITE_ERROR] SQL error or missing database (no such table: missing)",
        run.failure());
    assertEquals(
        "note spoolway_migrations",
        sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"));
    assertEquals("0001_notes.sql", sql("SELECT name FROM spoolway_migrations"));
  }

  @Test
  void aFileMayDoWithoutATransaction() throws Exception {
    run.ship("0002_wal.sql", "-- spoolway: no-transaction\nPRAGMA journal_mode = WAL;\nVACUUM;\n");
    run.apply();
    assertEquals("wal", sql("PRAGMA journal_mode"));
    assertEquals(2, run.history().size());
    run.ship("0003_half.sql", "-- spoolway: no-transaction\nDELETE FROM note;\nDROP TABLE x;\n");
    assertTrue(run.failure().endsWith("(no such table: x)"), run.output());
    assertEquals("", sql("SELECT text FROM note"));
    assertEquals("2", sql("SELECT count(*) FROM spoolway_migrations"));
  }

  @Test
  void aFileThatEndsItsTransactionIsNotTakenForApplied() throws Exception {
    for (String end : List.of("COMMIT", "ROLLBACK")) {
      run.ship("0002_ends.sql", "INSERT INTO note VALUES ('b');\n" + end + ";\n");
      String failure = run.failure();
      assertTrue(failure.contains("the file ends its transaction itself"), failure);
      assertEquals(
          "0", sql("SELECT count(*) FROM spoolway_migrations WHERE name = '0002_ends.sql'"));
    }
  }

  @Test
  void whatIsNoTextIsSaid() throws Exception {
    Files.write(scratch.resolve("release/migrations/0002_latin.sql"), new byte[] {(byte) 0xe4});
    assertTrue(run.failure().endsWith("the file is no UTF-8"), run.output());
  }

  @Test
  void triggersAndForeignKeysAreTheApplicationsOwn() throws Exception {
    run.ship(
        "0002_search.sql",
        """
        CREATE VIRTUAL TABLE search USING fts5(text);
        CREATE TRIGGER noted AFTER INSERT ON note BEGIN
          INSERT INTO search VALUES (new.text || ';');
        END;
        INSERT INTO note VALUES ('b; c');
        """);
    run.apply();
    assertEquals("b; c;", sql("SELECT text FROM search WHERE search MATCH 'c'"));
  }

  @Test
  void rootHasItDoneByTheApplicationsUser() throws Exception {
    assumeTrue(new HostAccounts().ownUid() == 0, "only root can become another user");
    Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setAttribute(database.getParent(), "unix:uid", 65534);
    String classes = Delegates.copyOfProgram(Files.createDirectory(scratch.resolve("classes")));
    List<String> line = new ArrayList<>(UserJvm.line(MigrationDelegate.class));
    line.set(line.indexOf("-cp") + 1, classes);
    ClientRun theirs = new ClientRun(client(line), scratch, "nobody");
    assertEquals(List.of("0001_notes.sql"), theirs.apply());
    assertEquals(65534, Files.getAttribute(database, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    theirs.ship(
        "0002_out.sql",
        "ATTACH '" + scratch.resolve("release/x.db") + "' AS x;\n" + "CREATE TABLE x.t (i);\n");
    assertTrue(theirs.failure().contains("unable to open database"), theirs.output());
  }
}
