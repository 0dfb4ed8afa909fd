package org.spoolway.host.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkTest {

  @TempDir Path scratch;
  private Path path;
  private SqliteDatabase database;

  @BeforeEach
  void nameDatabase() {
    path = scratch.resolve("notes.db");
    database = new SqliteDatabase(path, Clock.systemUTC());
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist", "wal"})
  void startReadAndStopLeaveTheMark(String journalMode) throws Exception {
    SqliteFile file = SqliteFile.create(path, journalMode);
    String mark = database.mark();
    file.execute("PRAGMA journal_mode = " + journalMode, "SELECT count(*) FROM note");
    file.dump();
    assertEquals(mark, database.mark());
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void openConnectionThatOnlyReadsLeavesTheMark(String journalMode) throws Exception {
    SqliteFile file = SqliteFile.create(path, journalMode);
    String mark = database.mark();
    try (Connection connection = file.open();
        Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT count(*) FROM note").close();
      assertEquals(mark, database.mark());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist", "wal"})
  void commitChangesTheMarkAtOnceAndForGood(String journalMode) throws Exception {
    SqliteFile file = SqliteFile.create(path, journalMode);
    String mark = database.mark();
    try (Connection connection = file.open();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO note VALUES('new', 1)");
      assertNotEquals(mark, database.mark());
    }
    assertNotEquals(mark, database.mark());
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist"})
  void markTakenInTheMiddleOfATransactionDiffersFromThatAfterIt(String journalMode)
      throws Exception {
    SqliteFile file = SqliteFile.create(path, journalMode);
    try (Connection connection = file.open();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = " + journalMode);
      statement.execute("PRAGMA cache_size = 5");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("INSERT INTO note VALUES('new', randomblob(500000))");
      String middle = database.mark();
      statement.execute("COMMIT");
      assertNotEquals(middle, database.mark());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void restoreBringsTheMarkOfItsSnapshotBack(String journalMode) throws Exception {
    SqliteFile file = SqliteFile.create(path, journalMode);
    String mark = database.mark();
    Path snapshot = Files.createDirectory(scratch.resolve("snapshot"));
    database.snapshot(snapshot);
    file.execute("INSERT INTO note VALUES('new', 1)");
    database.restore(snapshot, scratch.resolve("aside"));
    assertEquals(mark, database.mark());
    file.dump();
    assertEquals(mark, database.mark());
    file.execute("INSERT INTO note VALUES('new', 1)");
    assertNotEquals(mark, database.mark());
  }

  @Test
  void snapshotOfADatabaseInWriteAheadModeLeavesTheMark() throws Exception {
    SqliteFile.create(path, "wal");
    String mark = database.mark();
    database.snapshot(Files.createDirectory(scratch.resolve("snapshot")));
    assertEquals(mark, database.mark());
  }

  @Test
  void databaseThatIsBeingWrittenAllTheTimeHasNoMarkTwice() throws Exception {
    SqliteFile.create(path, "delete");
    Clock stoppedAtTheWrite =
        Clock.fixed(Files.getLastModifiedTime(path).toInstant(), ZoneOffset.UTC);
    SqliteDatabase young = new SqliteDatabase(path, stoppedAtTheWrite);
    assertNotEquals(young.mark(), young.mark());
  }

  @Test
  void clockThatWasSteppedBackMeansAtWorstThatNothingIsCertain() throws Exception {
    SqliteFile.create(path, "delete");
    Clock back = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1));
    assertNotEquals(database.mark(), new SqliteDatabase(path, back).mark());
  }
}
