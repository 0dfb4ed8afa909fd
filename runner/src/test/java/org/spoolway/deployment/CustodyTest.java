package org.spoolway.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Interruption;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** A release is the builder's while it is built, and root's for good afterwards. */
final class CustodyTest {

  private static final String BUILDER = "65534";
  private static final int BUILDER_UID = 65534;
  private static final int READERS = 12345;

  @TempDir Path directory;
  private Path release;
  private Path secret;
  private Custody custody;

  @BeforeEach
  void giveARelease() throws ProblemException, IOException {
    assumeTrue(uid(directory) == 0, "only root can give files to somebody else");
    secret = Files.writeString(directory.resolve("secret"), "root's");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    release = Files.createDirectories(directory.resolve("releases/1.0.0"));
    Files.createDirectories(release.resolve("bin/inner"));
    Files.writeString(release.resolve("bin/inner/serve"), "#!/bin/sh\n");
    Files.createSymbolicLink(release.resolve("link"), secret);
    custody = new Custody(release, BUILDER);
    custody.give();
  }

  @AfterEach
  void letTheDirectoryBeRemoved() throws IOException {
    Trees.delete(directory.resolve("releases"));
  }

  @Test
  void theBuilderIsGivenEverythingButWhatLinksLeadTo() throws IOException {
    for (Path path : all()) {
      assertEquals(BUILDER_UID, uid(path), path::toString);
    }
    assertEquals(0, uid(secret));
    assertEquals(0, uid(release.resolveSibling("")));
  }

  /** A seal names all of them in memory. */
  @Test
  void moreNamesThanAReleaseMayHoldAreRefused() throws Exception {
    for (int i = 0; i < 20; i++) {
      builds("file-" + i, "rw-r--r--");
    }
    ProblemException problem =
        assertThrows(ProblemException.class, () -> new Custody(release, BUILDER, 20).takeBack());
    assertEquals(Problem.BUILD_FAILED, problem.problem());
    assertTrue(problem.getMessage().contains("more than 20 names"), problem.getMessage());
  }

  @Test
  void afterwardsEverythingIsRootsAndNobodyElseCanWriteIt() throws Exception {
    Path tool = builds("tool", "rwxrwxrwx");
    Files.setAttribute(tool, "unix:mode", 06777);
    custody.takeBack();
    for (Path path : all()) {
      assertEquals(0, uid(path), path::toString);
    }
    assertEquals(0755, mode(tool));
    assertEquals(0600, mode(secret));
    assertEquals("root's", Files.readString(secret));
  }

  @Test
  void aSealedReleaseIsItsReadersAndNobodysToWrite() throws Exception {
    builds("private", "rwx------");
    custody.takeBack();
    var accounts = release.getFileSystem().getUserPrincipalLookupService();
    Manifest.seal(release, accounts.lookupPrincipalByGroupName("" + READERS), new Interruption());
    assertEquals(0550, mode(release.resolve("private")));
    assertEquals(0555, mode(release.resolve("bin")));
    for (Path path : all()) {
      assertEquals(0, uid(path), path::toString);
      if (!path.getFileName().toString().equals(".spoolway-manifest")) {
        assertEquals(
            READERS, Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS), "" + path);
      }
    }
    assertEquals(0600, mode(secret));
  }

  @Test
  void aHardLinkToSomebodyElsesFileIsRefused() throws IOException {
    Files.createLink(release.resolve("bin/stolen"), secret);
    assertRefused("1.0.0/bin/stolen: it belongs to root, not to whoever built");
    assertEquals(0600, mode(secret));
  }

  @Test
  void anotherNameOfAFileIsCutOffFromTheRelease() throws Exception {
    Path cached = Files.writeString(directory.resolve("cached"), "library");
    Files.setAttribute(cached, "unix:uid", BUILDER_UID);
    Path installed = Files.createLink(release.resolve("bin/library"), cached);
    Files.writeString(directory.resolve("releases/1.0.0.partial"), "of one cut short");
    try (NewNames names = new NewNames(release.resolve("bin"))) {
      custody.takeBack();
      assertEquals(List.of("library"), names.seen());
    }
    Files.writeString(cached, "changed");
    assertEquals("library", Files.readString(installed));
    assertEquals(BUILDER_UID, uid(cached));
    assertEquals(0, uid(installed));
  }

  @Test
  void aPipeIsRefusedAndNotOpened() throws Exception {
    Path pipe = release.resolve("bin/pipe");
    SpecialFiles.pipe(pipe);
    Files.setAttribute(pipe, "unix:uid", BUILDER_UID);
    assertRefused("1.0.0/bin/pipe: it is neither a file nor a directory nor a link");
  }

  @Test
  void aDirectoryThatWasExchangedForALinkLeadsNowhere() throws Exception {
    Trees.delete(release.resolve("bin"));
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("file"), "root's");
    Path link = Files.createSymbolicLink(release.resolve("bin"), outside);
    Files.getFileAttributeView(link, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setOwner(
            directory
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(BUILDER));
    Files.setAttribute(outside, "unix:uid", BUILDER_UID);
    custody.takeBack();
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(BUILDER_UID, uid(outside));
  }

  private void assertRefused(String observed) {
    ProblemException thrown = assertThrows(ProblemException.class, custody::takeBack);
    assertEquals(Problem.BUILD_FAILED, thrown.problem());
    assertEquals("cannot use what was built: " + observed, thrown.getMessage());
    assertFalse(String.valueOf(thrown.fix()).isBlank());
  }

  private Path builds(String name, String mode) throws IOException {
    Path file = Files.writeString(release.resolve(name), name);
    Files.setAttribute(file, "unix:uid", BUILDER_UID);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private List<Path> all() throws IOException {
    try (Stream<Path> paths = Files.walk(release)) {
      return paths.toList();
    }
  }

  private static int uid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
  }
}
