package org.spoolway.host.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Database;
import org.spoolway.problem.ProblemException;

/** Whatever the application's user puts in its directory, root is led to nothing by it. */
final class DelegatedDatabaseTest {

  private static final int THEIRS = 65534;

  @TempDir static Path program;
  @TempDir Path scratch;

  private static Delegation delegation;

  private Path shared;
  private Path path;
  private Path own;
  private Path secret;
  private Database database;

  @BeforeAll
  static void copyTheProgram() throws IOException {
    assumeTrue(uid(program) == 0, "only root can start somebody else's process");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    delegation = Delegates.as(THEIRS, program);
  }

  @BeforeEach
  void makeTheirDirectory() throws Exception {
    Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
    shared = Files.createDirectories(scratch.resolve("shared/data"));
    path = shared.resolve("notes.db");
    own = Files.createDirectory(scratch.resolve("snapshots"));
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
    secret = own.resolve("secret.db");
    SqliteFile.create(secret, "delete").execute("INSERT INTO note VALUES('secret', 1)");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    giveAll();
    database = new DelegatedDatabase(path, delegation);
  }

  @Test
  void snapshotsAreRootsAndWhatIsRestoredIsTheirs() throws Exception {
    write("delete", "before");
    Path snapshot = take("1");
    assertEquals(List.of("database.sqlite", "snapshot.json"), names(snapshot));
    for (String name : names(snapshot)) {
      assertEquals(0, uid(snapshot.resolve(name)), name);
    }
    write("delete", "after");
    database.restore(snapshot, own.resolve("replaced"));
    assertEquals(List.of("notes.db"), names(shared));
    assertEquals(THEIRS, uid(path));
    assertEquals(List.of("before"), new SqliteFile(path).query("SELECT text FROM note"));
  }

  @Test
  void aDatabaseInUseIsCopiedWithoutAFileOfRoots() throws Exception {
    write("wal", "before");
    Path snapshot = take("1");
    for (String name : names(shared)) {
      assertEquals(THEIRS, uid(shared.resolve(name)), name);
    }
    assertTrue(Files.size(snapshot.resolve("database.sqlite")) > 0);
    assertEquals(database.mark(), database.mark());
    assertTrue(database.requireReady().bytes() > 0);
  }

  @Test
  void aLinkInItsPlaceIsRefused() throws Exception {
    Files.createSymbolicLink(path, secret);
    assertAllRefused("is a symbolic link");
  }

  @Test
  void aLinkBesideItIsRefused() throws Exception {
    write("delete", "before");
    Files.createSymbolicLink(shared.resolve("notes.db-wal"), secret);
    assertAllRefused("is a symbolic link");
  }

  @Test
  void aPipeInItsPlaceKeepsNobodyWaiting() throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
    assertAllRefused("is not a plain file");
  }

  @Test
  void aHardLinkToWhatTheyCannotReadIsNotRead() throws Exception {
    Files.createLink(path, secret);
    assertRefused(() -> database.snapshot(directory("1")), "");
    assertUntouched();
  }

  @Test
  void aDirectoryThatIsExchangedForALinkLeadsNowhere() throws Exception {
    Files.delete(shared);
    Files.createSymbolicLink(shared, own);
    database = new DelegatedDatabase(shared.resolve("secret.db"), delegation);
    assertRefused(() -> database.snapshot(directory("1")), "");
    assertRefused(() -> database.mark(), "");
    assertUntouched();
  }

  @Test
  void whereItsCopyWouldLieALinkLeadsNowhere() throws Exception {
    write("delete", "before");
    Files.createSymbolicLink(shared.resolve(".notes.db.snapshot"), own);
    take("1");
    assertUntouched();
  }

  @Test
  void aRestoreThroughALinkChangesNothingOfRoots() throws Exception {
    write("delete", "before");
    Path snapshot = take("1");
    Files.delete(path);
    Files.createSymbolicLink(path, secret);
    assertRefused(() -> database.restore(snapshot, own.resolve("replaced")), "symbolic link");
    assertUntouched();
  }

  private interface Work {
    void run() throws Exception;
  }

  private void assertAllRefused(String observed) throws Exception {
    byte[] before = Files.readAllBytes(secret);
    assertRefused(() -> database.snapshot(directory("1")), observed);
    assertRefused(() -> database.mark(), observed);
    assertRefused(() -> database.requireReady().bytes(), observed);
    assertArrayEquals(before, Files.readAllBytes(secret));
    assertUntouched();
  }

  private static void assertRefused(Work work, String observed) {
    ProblemException thrown = assertThrows(ProblemException.class, work::run);
    assertTrue(thrown.getMessage().contains(observed), thrown.getMessage());
    assertTrue(thrown.getMessage().startsWith("cannot "), thrown.getMessage());
  }

  private void assertUntouched() throws IOException {
    assertEquals(0, uid(secret));
    assertFalse(names(own).contains("secret.db-wal"));
    assertTrue(names(own).contains("secret.db"));
    Path half = own.resolve("1/database.sqlite");
    assertTrue(!Files.exists(half) || Files.mismatch(half, secret) >= 0);
  }

  private void write(String journalMode, String text) throws Exception {
    if (!Files.exists(path)) {
      SqliteFile.create(path, journalMode);
    }
    new SqliteFile(path)
        .execute("DELETE FROM note", "INSERT INTO note VALUES('" + text + "', randomblob(20000))");
    giveAll();
  }

  private void giveAll() throws IOException {
    try (Stream<Path> paths = Files.walk(shared.getParent())) {
      for (Path file : paths.toList()) {
        Files.setAttribute(file, "unix:uid", THEIRS, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", THEIRS, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private Path take(String name) throws Exception {
    Path snapshot = directory(name);
    database.snapshot(snapshot);
    return snapshot;
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectories(own.resolve(name));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static int uid(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }
}
