package org.spoolway.host.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.Database.Afterwards;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class RestoreTest {

  @TempDir Path scratch;
  private Path path;
  private Path snapshot;
  private Path aside;
  private SqliteDatabase database;

  @BeforeEach
  void nameDatabase() throws Exception {
    path = Files.createDirectory(scratch.resolve("shared")).resolve("notes.db");
    snapshot = Files.createDirectory(scratch.resolve("snapshot"));
    aside = scratch.resolve("replaced").resolve("data");
    database = new SqliteDatabase(path, Clock.systemUTC());
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist", "wal"})
  void restoredDatabaseIsTheOldOneInEverythingThatSqlCanSee(String journalMode) throws Exception {
    SqliteFile file = SqliteFile.create(path, journalMode);
    file.execute("INSERT INTO note VALUES('old', randomblob(20000))");
    List<String> old = file.dump();
    database.snapshot(snapshot);
    file.execute("ALTER TABLE note ADD COLUMN added", "PRAGMA user_version = 8", "VACUUM");
    database.restore(snapshot, aside);
    assertEquals(List.of("notes.db"), names(path.getParent()));
    assertEquals(old, file.dump());
  }

  @Test
  void snapshotThatDoesNotFitItsChecksumIsRefusedAndNothingTouched() throws Exception {
    SqliteFile file = SqliteFile.create(path, "delete");
    database.snapshot(snapshot);
    file.execute("INSERT INTO note VALUES('new', 1)");
    List<String> present = file.dump();
    Path copy = snapshot.resolve("database.sqlite");
    byte[] bytes = Files.readAllBytes(copy);
    bytes[bytes.length - 1] ^= 1;
    Files.write(copy, bytes);
    ProblemException refused = restoreRefused();
    assertTrue(refused.getMessage().contains("does not fit its checksum"), refused.getMessage());
    ProblemException looked =
        assertThrows(
            ProblemException.class, () -> database.stage(snapshot, aside, Afterwards.KEPT));
    assertEquals(refused.getMessage(), looked.getMessage());
    assertEquals(present, file.dump());
    assertEquals(List.of(), names(aside));
  }

  @Test
  void damagedDescriptionIsRefused() throws Exception {
    SqliteFile file = SqliteFile.create(path, "delete");
    database.snapshot(snapshot);
    Files.writeString(snapshot.resolve("snapshot.json"), "{\"schema\": \"other\"}");
    restoreRefused();
    assertEquals(List.of("ok"), file.query("PRAGMA integrity_check"));
    assertFalse(Files.exists(aside));
  }

  @Test
  void restoredFileKeepsTheModeOfTheReplacedOne() throws Exception {
    SqliteFile file = SqliteFile.create(path, "delete");
    database.snapshot(snapshot);
    file.execute("INSERT INTO note VALUES('new', 1)");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-r--"));
    database.restore(snapshot, aside);
    assertEquals("rw-rw-r--", mode(path));
  }

  @Test
  void restoredFileThatReplacesNoneGetsTheModeOfTheOldOne() throws Exception {
    SqliteFile.create(path, "delete");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
    database.snapshot(snapshot);
    Files.delete(path);
    database.restore(snapshot, aside);
    assertEquals("rw-r-----", mode(path));
  }

  @Test
  void restoredFileKeepsTheOwnerOfTheReplacedOne() throws Exception {
    SqliteFile file = SqliteFile.create(path, "delete");
    assumeTrue(Files.getAttribute(path, "unix:uid").equals(0), "only root can give files away");
    database.snapshot(snapshot);
    file.execute("INSERT INTO note VALUES('new', 1)");
    Files.setAttribute(path, "unix:uid", 1234);
    Files.setAttribute(path, "unix:gid", 4321);
    database.restore(snapshot, aside);
    assertEquals(1234, Files.getAttribute(path, "unix:uid"));
    assertEquals(4321, Files.getAttribute(path, "unix:gid"));
  }

  @Test
  void presentDatabaseThatIsTheSnapshotStays() throws Exception {
    SqliteFile.create(path, "delete");
    database.snapshot(snapshot);
    database.restore(snapshot, aside);
    Object inode = Files.getAttribute(path, "unix:ino");
    database.restore(snapshot, scratch.resolve("second"));
    assertEquals(inode, Files.getAttribute(path, "unix:ino"));
    assertFalse(Files.exists(scratch.resolve("second")));
  }

  @Test
  void diskWithoutRoomIsFoundBeforeAnythingIsTouched() throws Exception {
    SqliteFile file = SqliteFile.create(path, "delete");
    database.snapshot(snapshot);
    file.execute("INSERT INTO note VALUES('new', 1)");
    List<String> present = file.dump();
    database = new SqliteDatabase(path, Clock.systemUTC(), new FullDisk(), Duration.ZERO);
    ProblemException refused =
        assertThrows(ProblemException.class, () -> database.restore(snapshot, aside));
    assertEquals(Problem.DISK_FULL, refused.problem());
    assertEquals(present, file.dump());
  }

  @Test
  void diskThatFillsUpMeanwhileIsAFullDiskAndTheHalfCopyIsGone() throws Exception {
    SqliteFile file = SqliteFile.create(path, "delete");
    database.snapshot(snapshot);
    file.execute("INSERT INTO note VALUES('new', 1)");
    List<String> present = file.dump();
    database = new SqliteDatabase(path, Clock.systemUTC(), new FillingDisk(), Duration.ZERO);
    ProblemException refused =
        assertThrows(ProblemException.class, () -> database.restore(snapshot, aside));
    assertEquals(Problem.DISK_FULL, refused.problem());
    assertEquals(present, file.dump());
    assertEquals(List.of(), names(aside));
  }

  @Test
  void whatAKilledProcessLeftIsPutAsideAndCanBePutBack() throws Exception {
    SqliteFile file = SqliteFile.create(path, "wal");
    database.snapshot(snapshot);
    Application.writing(path, "wal").close();
    List<String> committed = file.dump();
    try (Application application = Application.stuck(path, "wal")) {
      application.kill();
    }
    database.restore(snapshot, aside);
    database.restore(aside, scratch.resolve("second"));
    assertEquals(committed, file.dump());
  }

  @Test
  void asideMayBeOnAnotherFileSystem() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(scratch)),
        "this host has a second file system to write to");
    Path elsewhere = Files.createTempDirectory(memory, "spoolway");
    try {
      SqliteFile file = SqliteFile.create(path, "delete");
      database.snapshot(snapshot);
      file.execute("INSERT INTO note VALUES('new', 1)");
      List<String> present = file.dump();
      database.restore(snapshot, elsewhere);
      assertEquals(List.of(), file.query("SELECT * FROM note"));
      assertEquals(List.of("notes.db"), names(path.getParent()));
      assertEquals(List.of("notes.db"), names(elsewhere));
      assertEquals(present, new SqliteFile(elsewhere.resolve("notes.db")).dump());
    } finally {
      Files.delete(elsewhere.resolve("notes.db"));
      Files.delete(elsewhere);
    }
  }

  private ProblemException restoreRefused() {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> database.restore(snapshot, aside));
    assertEquals(Problem.RESTORE_FAILED, refused.problem());
    return refused;
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<String> names(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
