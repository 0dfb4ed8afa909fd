package org.spoolway.host.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class SnapshotTest {

  @TempDir Path scratch;
  private Path path;
  private SqliteDatabase database;

  @BeforeEach
  void nameDatabase() throws Exception {
    path = Files.createDirectory(scratch.resolve("shared")).resolve("notes.db");
    database = new SqliteDatabase(path, Clock.systemUTC());
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist", "wal"})
  void copyHasTheRowIdsTheFreePagesAndTheSettings(String journalMode) throws Exception {
    SqliteFile file = filled(journalMode);
    file.execute("DELETE FROM note WHERE rowid < 20");
    SqliteFile copy = copyIn(take("1"));
    assertEquals(file.dump(), copy.dump());
    assertEquals(file.query("PRAGMA freelist_count"), copy.query("PRAGMA freelist_count"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void copyIsTheRunnersAloneAndNothingLiesBesideIt(String journalMode) throws Exception {
    filled(journalMode);
    Path snapshot = take("1");
    assertEquals(List.of("database.sqlite", "snapshot.json"), names(snapshot));
    for (String name : names(snapshot)) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(snapshot.resolve(name))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void copyTakenWhileAnotherProcessWritesIsTheStateBetweenTwoTransactions(String journalMode)
      throws Exception {
    List<SqliteFile> copies = new ArrayList<>();
    try (Application application = Application.writing(path, journalMode)) {
      for (int number = 1; number <= 10; number++) {
        copies.add(copyIn(take(String.valueOf(number))));
      }
      assertTrue(application.isAlive());
    }
    int last = 0;
    for (SqliteFile copy : copies) {
      assertEquals(List.of("ok"), copy.query("PRAGMA integrity_check"));
      int total = Integer.parseInt(copy.query("SELECT number FROM total").get(0));
      assertEquals(
          List.of(total + "|" + total),
          copy.query("SELECT count(*), max(number) FROM entry"),
          "every transaction up to one, whole, and none after it");
      assertTrue(total >= last, "later copies are of later states");
      last = total;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist", "wal"})
  void copyOfWhatAKilledProcessLeftHasItsLastTransaction(String journalMode) throws Exception {
    Application.writing(path, journalMode).close();
    List<String> committed = new SqliteFile(path).dump();
    try (Application application = Application.stuck(path, journalMode)) {
      application.kill();
    }
    DatabaseFiles files = DatabaseFiles.of(path);
    Path left = files.part(journalMode.equals("wal") ? DatabaseFiles.WAL : DatabaseFiles.JOURNAL);
    assertTrue(Files.size(left) > 0, "the transaction was cut short");
    String before = database.mark();
    SqliteFile copy = copyIn(take("1"));
    assertEquals(before, database.mark(), "the application's files are as they were");
    assertEquals(committed, copy.dump());
  }

  @Test
  void journalThatNamesAnotherFileIsNotRolledBack() throws Exception {
    Application.writing(path, "delete").close();
    try (Application application = Application.stuck(path, "delete")) {
      application.kill();
    }
    Path victim = Files.writeString(scratch.resolve("victim"), "somebody else's");
    appendSuperJournal(DatabaseFiles.of(path).part(DatabaseFiles.JOURNAL), victim);
    ProblemException refused = assertThrows(ProblemException.class, () -> take("1"));
    assertTrue(refused.getMessage().contains("several databases"), refused.getMessage());
    assertTrue(Files.exists(victim));
    assertEquals(List.of(), names(scratch.resolve("1")));
  }

  @Test
  void databaseThatStaysLockedIsAProblem() throws Exception {
    SqliteFile file = filled("delete");
    database = new SqliteDatabase(path, Clock.systemUTC(), new LocalDisk(), Duration.ofMillis(50));
    try (Connection connection = file.open();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      refused("cannot copy the database " + path + ": another process keeps it locked");
      statement.execute("ROLLBACK");
    }
    take("2");
  }

  @Test
  void schemaThatOnlyTheApplicationUnderstandsIsCopied() throws Exception {
    SqliteFile file = filled("delete");
    file.execute(
        "PRAGMA writable_schema = ON",
        "INSERT INTO sqlite_schema VALUES('table', 'theirs', 'theirs', 0,"
            + " 'CREATE VIRTUAL TABLE theirs USING nobody(x)')",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE note(text COLLATE theirs, data CHECK (theirs(data)))'"
            + " WHERE name = 'note'");
    SqliteFile copy = copyIn(take("1"));
    assertEquals(
        List.of("50|1275"), copy.query("SELECT count(*), sum(rowid) FROM note NOT INDEXED"));
  }

  @Test
  void damagedDatabaseIsAProblem() throws Exception {
    filled("delete");
    byte[] bytes = Files.readAllBytes(path);
    for (int page = 2; page < bytes.length / 8192; page++) {
      bytes[page * 8192] = 99;
    }
    Files.write(path, bytes);
    ProblemException refused = assertThrows(ProblemException.class, () -> take("1"));
    assertEquals(Problem.SNAPSHOT_FAILED, refused.problem());
    assertTrue(refused.getMessage().contains("it is damaged"), refused.getMessage());
    assertEquals(List.of(), names(scratch.resolve("1")), "nothing is left of the copy");
  }

  @Test
  void fileThatIsNoDatabaseIsAProblemAlreadyBeforehand() throws Exception {
    Files.writeString(path, "These are my notes.".repeat(100));
    String sentence = "cannot copy the database " + path + ": it is not a SQLite database";
    refused(sentence);
    ProblemException early = assertThrows(ProblemException.class, database::requireReady);
    assertEquals(sentence, early.getMessage());
  }

  @Test
  void linkInPlaceOfTheDatabaseIsRefusedByEveryMethod() throws Exception {
    SqliteFile elsewhere = SqliteFile.create(scratch.resolve("elsewhere.db"), "delete");
    Files.createSymbolicLink(path, elsewhere.path());
    assertTrue(
        refused("cannot copy the database " + path + ": " + path + " is a symbolic link")
            .fix()
            .contains("database.path"));
    assertThrows(ProblemException.class, database::requireReady);
    assertThrows(ProblemException.class, database::mark);
    Path snapshot = snapshotOf(elsewhere);
    ProblemException refused =
        assertThrows(
            ProblemException.class, () -> database.restore(snapshot, scratch.resolve("aside")));
    assertEquals(Problem.RESTORE_FAILED, refused.problem());
    assertTrue(Files.isSymbolicLink(path));
  }

  @Test
  void linkBesideTheDatabaseIsRefused() throws Exception {
    filled("delete");
    Path journal = DatabaseFiles.of(path).part(DatabaseFiles.JOURNAL);
    Files.createSymbolicLink(journal, scratch.resolve("elsewhere"));
    refused("cannot copy the database " + path + ": " + journal + " is a symbolic link");
  }

  @Test
  void linksAboveTheDatabaseAreFollowed() throws Exception {
    filled("wal");
    Path link = Files.createSymbolicLink(scratch.resolve("link"), path.getParent());
    database = new SqliteDatabase(link.resolve("notes.db"), Clock.systemUTC());
    assertEquals(new SqliteFile(path).dump(), copyIn(take("1")).dump());
  }

  @Test
  void diskWithoutRoomIsFoundBeforeCopying() throws Exception {
    filled("delete");
    database = new SqliteDatabase(path, Clock.systemUTC(), new FullDisk(), Duration.ZERO);
    ProblemException refused = assertThrows(ProblemException.class, () -> take("1"));
    assertEquals(Problem.DISK_FULL, refused.problem());
    assertEquals(List.of(), names(scratch.resolve("1")));
  }

  @Test
  void noDatabaseYetIsRecordedAsSuch() throws Exception {
    Path snapshot = take("1");
    assertEquals(List.of("snapshot.json"), names(snapshot));
    assertTrue(Files.readString(snapshot.resolve("snapshot.json")).contains("\"absent\""));
  }

  @Test
  void whatACrashLeftOfASnapshotIsReplaced() throws Exception {
    SqliteFile file = filled("delete");
    Path snapshot = Files.createDirectory(scratch.resolve("1"));
    Files.writeString(snapshot.resolve("database.sqlite"), "half");
    Files.writeString(snapshot.resolve("database.sqlite-journal"), "half");
    database.snapshot(snapshot);
    assertEquals(file.dump(), copyIn(snapshot).dump());
  }

  @Test
  void lookingForTheSizeCreatesNothing() throws Exception {
    filled("wal");
    assertEquals(Files.size(path), database.requireReady().bytes());
    assertEquals(List.of("notes.db"), names(path.getParent()));
  }

  private SqliteFile filled(String journalMode) throws Exception {
    SqliteFile file = SqliteFile.create(path, journalMode);
    file.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
            + " INSERT INTO note SELECT 'note ' || i, randomblob(5000) FROM n");
    return file;
  }

  private ProblemException refused(String message) throws Exception {
    ProblemException refused = assertThrows(ProblemException.class, () -> take("refused"));
    assertEquals(Problem.SNAPSHOT_FAILED, refused.problem());
    assertEquals(message, refused.getMessage());
    assertFalse(refused.fix().isBlank());
    return refused;
  }

  private Path take(String name) throws Exception {
    Path directory = Files.createDirectory(scratch.resolve(name));
    database.snapshot(directory);
    return directory;
  }

  private Path snapshotOf(SqliteFile file) throws Exception {
    Path directory = Files.createDirectory(scratch.resolve("of-another"));
    new SqliteDatabase(file.path(), Clock.systemUTC()).snapshot(directory);
    return directory;
  }

  private static SqliteFile copyIn(Path snapshot) {
    return new SqliteFile(snapshot.resolve("database.sqlite"));
  }

  private static List<String> names(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The end of a journal that belongs to a transaction over several databases. */
  private static void appendSuperJournal(Path journal, Path named) throws Exception {
    byte[] name = named.toString().getBytes(StandardCharsets.UTF_8);
    int sum = 0;
    for (byte b : name) {
      sum += b;
    }
    ByteBuffer end = ByteBuffer.allocate(name.length + 20);
    end.putInt(0x40000000 / 4096 + 1).put(name).putInt(name.length).putInt(sum);
    end.putLong(0xd9d505f920a163d7L);
    Files.write(journal, end.array(), StandardOpenOption.APPEND);
  }

  @Test
  void dataThatAreNotThereYetAreNotCalledCopyable() throws Exception {
    assertEquals(
        "there are none yet: " + path + " does not exist", database.requireReady().method());
    SqliteFile.create(path, "delete");
    assertEquals(path + " can be copied", database.requireReady().method());
  }
}
