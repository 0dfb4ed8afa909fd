package org.spoolway.host.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.host.process.HostAccounts;

/** What an account may rely on, be it root or another one. */
class OwnershipTest {

  private static final int ROOT = 0;
  private static final int RUNNER = 54321;
  private static final int STRANGER = 54322;

  @TempDir private Path directory;
  private Path above;
  private Path releases;

  @BeforeEach
  void make() throws IOException {
    assumeTrue(new HostAccounts().ownUid() == 0, "only root can give files away");
    above = Files.createDirectory(directory.resolve("above"));
    releases = Files.createDirectory(above.resolve("releases"));
    mode(directory, "rwxr-xr-x");
    mode(above, "rwxr-xr-x");
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void give(Path path, int owner) throws IOException {
    Files.setAttribute(path, "unix:uid", owner);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, rwxr-xr-x, true",
    "0, 0, rwxrwxr-x, false",
    "0, 0, rwxr-xrwx, false",
    "0, 54321, rwxr-xr-x, false",
    "54321, 54321, rwxr-xr-x, true",
    "54321, 54321, rwxrwxr-x, true",
    "54321, 54321, rwxrwxrwx, false",
    "54321, 54321, rwxr-xrwx, false",
    "54321, 0, rwxr-xr-x, true",
    "54321, 0, rwxr-xrwx, false",
    "54321, 54322, rwxr-xr-x, false",
  })
  void nobodyElseMayWriteThere(int self, int owner, String mode, boolean isOwn) throws IOException {
    give(releases, owner);
    mode(releases, mode);
    assertEquals(isOwn, Ownership.isOwn(self, releases), "the directory");
    Path file = Files.createFile(directory.resolve("file"));
    give(file, owner);
    mode(file, mode);
    UserPrincipal account = Files.getOwner(owned(self));
    assertEquals(isOwn, Ownership.isOwn(account, attributes(file)), "a name in it");
  }

  private Path owned(int self) throws IOException {
    Path file = Files.createFile(directory.resolve("of-the-account"));
    give(file, self);
    return file;
  }

  private static PosixFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void whatItLiesInCountsAsWell() throws IOException {
    give(releases, RUNNER);
    assertTrue(Ownership.isOwn(RUNNER, releases));
    assertFalse(Ownership.isOwn(ROOT, releases));
    give(above, STRANGER);
    assertFalse(Ownership.isOwn(RUNNER, releases));
    give(above, ROOT);
    mode(above, "rwxrwxrwx");
    assertFalse(Ownership.isOwn(RUNNER, releases));
    Files.setAttribute(above, "unix:mode", 01777);
    assertTrue(Ownership.isOwn(RUNNER, releases), "there each removes his own alone");
  }
}
