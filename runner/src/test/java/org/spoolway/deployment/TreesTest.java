package org.spoolway.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.Interruption;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Trees are removed and forced whole, and what links lead to is left alone. */
class TreesTest {

  @TempDir Path directory;

  @AfterEach
  void letTheDirectoryBeRemoved() throws IOException {
    Trees.delete(directory.resolve("tree"));
  }

  @Test
  void aTreeIsRemovedWithAllThatIsInIt() throws IOException {
    Path tree = tree();
    Trees.delete(tree);
    assertFalse(Files.exists(tree));
  }

  @Test
  void theSizeOfATreeIsThatOfItsFilesAlone() throws IOException {
    Path tree = tree();
    long before = Trees.bytes(tree);
    Files.writeString(tree.resolve("a/five"), "12345");
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("file"), "not of it");
    Files.createSymbolicLink(tree.resolve("link"), outside);
    Files.createSymbolicLink(tree.resolve("dangling"), directory.resolve("nowhere"));
    Files.createDirectory(tree.resolve("empty"));
    assertEquals(before + 5, Trees.bytes(tree));
    assertThrows(NoSuchFileException.class, () -> Trees.bytes(directory.resolve("nowhere")));
  }

  @Test
  void whatIsNotThereNeedsNoRemoving() throws IOException {
    Trees.delete(directory.resolve("nothing"));
  }

  @Test
  void aLinkInATreeIsRemovedAndWhatItLeadsToStays() throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("file"), "kept");
    Path tree = tree();
    Files.createSymbolicLink(tree.resolve("link"), outside);
    Files.createSymbolicLink(tree.resolve("dangling"), directory.resolve("nowhere"));
    Trees.delete(tree);
    assertFalse(Files.exists(tree));
    assertEquals("kept", Files.readString(outside.resolve("file")));
  }

  @Test
  void aLinkInPlaceOfTheTreeIsRemovedAlone() throws IOException {
    Path tree = tree();
    Path link = Files.createSymbolicLink(directory.resolve("link"), tree);
    Trees.delete(link);
    assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.exists(tree.resolve("a/b/file")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"r-xr-xr-x", "r--r--r--", "-wx------", "--x------", "---------"})
  void aTreeWhoseDirectoriesAreClosedIsRemovedToo(String mode) throws IOException {
    Path tree = tree();
    for (String inner : new String[] {"a/b", "a", "."}) {
      Path closed = tree.resolve(inner).normalize();
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString(mode));
    }
    Trees.delete(tree);
    assertFalse(Files.exists(tree));
  }

  @ParameterizedTest
  @CsvSource({
    "d, rwxr-xr-x",
    "d, ---------",
    "a-directory-with-a-long-name-as-build-tools-like-to-make-them, rwxr-xr-x",
    "a-directory-with-a-long-name-as-build-tools-like-to-make-them, r-xr-xr-x"
  })
  void aTreeDeeperThanAnyPathReachesIsRemoved(String name, String mode) throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("file"), "kept");
    Path deepest = Files.createDirectory(directory.resolve("deepest"));
    Files.writeString(deepest.resolve("file"), "content");
    Files.createSymbolicLink(deepest.resolve("link"), outside);
    Path tree = tree();
    Path chain = deepest;
    for (int i = 0; i < 100; i++) {
      chain = nest(chain, Files.createDirectory(directory.resolve("chain-" + i)), name, mode);
    }
    Files.move(chain, tree.resolve(name));
    Trees.delete(tree);
    assertFalse(Files.exists(tree));
    assertEquals("kept", Files.readString(outside.resolve("file")));
  }

  /** Puts a directory 25 levels below another; all between have that mode. */
  private static Path nest(Path inner, Path outer, String name, String mode) throws IOException {
    Path level = outer;
    for (int i = 0; i < 24; i++) {
      level = Files.createDirectory(level.resolve(name));
    }
    level = Files.move(inner, level.resolve(name));
    while (!level.equals(outer)) {
      Files.setPosixFilePermissions(level, PosixFilePermissions.fromString(mode));
      level = level.getParent();
    }
    return outer;
  }

  @Test
  void forcingATreeFollowsNoLinkAndWaitsForNoPeer() throws IOException, InterruptedException {
    Path tree = tree();
    Files.createSymbolicLink(tree.resolve("dangling"), directory.resolve("nowhere"));
    SpecialFiles.pipe(tree.resolve("a/pipe"));
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Trees.force(tree, new Interruption()));
  }

  @Test
  void forcingATreeEndsOnceItWasAskedTo() throws IOException {
    Interruption interruption = new Interruption();
    interruption.request(Interruption.Cause.CANCEL);
    Path tree = tree();
    ProblemException problem =
        assertThrows(ProblemException.class, () -> Trees.force(tree, interruption));
    assertEquals(Problem.INTERRUPTED, problem.problem());
  }

  private Path tree() throws IOException {
    Path tree = directory.resolve("tree");
    Files.createDirectories(tree.resolve("a/b"));
    Files.writeString(tree.resolve("a/b/file"), "content");
    Files.writeString(tree.resolve("file"), "content");
    return tree;
  }
}
