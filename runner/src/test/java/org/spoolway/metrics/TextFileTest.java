package org.spoolway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.host.FakeAccounts;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class TextFileTest {

  @TempDir Path directory;
  private Path collected;

  @BeforeEach
  void makeDirectory() throws IOException {
    collected = Files.createDirectory(directory.toRealPath().resolve("collected"));
  }

  private TextFile file(Path path) throws IOException {
    return new TextFile(path, FakeAccounts.ownerOf(directory));
  }

  private ProblemException refused(Path path) throws IOException {
    TextFile file = file(path);
    assertThrows(ProblemException.class, file::check);
    return assertThrows(ProblemException.class, () -> file.write("a 1\n"));
  }

  @Test
  void everybodyMayReadItAndNothingElseIsLeft() throws Exception {
    Path path = collected.resolve("notes.prom");
    file(path).write("a 1\n");
    file(path).write("a 2\n");
    assertEquals("a 2\n", Files.readString(path));
    assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    try (var names = Files.list(collected)) {
      assertEquals(1, names.count());
    }
  }

  @Test
  void linksUnderItsNamesAreReplacedAndNotFollowed() throws Exception {
    Path victim = Files.writeString(directory.resolve("victim"), "mine");
    Path path = collected.resolve("notes.prom");
    Files.createSymbolicLink(path, victim);
    Files.createSymbolicLink(collected.resolve(".notes.prom.tmp"), victim);
    file(path).write("a 1\n");
    assertEquals("mine", Files.readString(victim));
    assertTrue(Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void aDirectoryThatIsALinkIsRefused() throws Exception {
    Path link = Files.createSymbolicLink(collected.resolveSibling("link"), collected);
    ProblemException refused = refused(link.resolve("notes.prom"));
    assertTrue(refused.getMessage().endsWith("link in it is a link, which may lead anywhere"));
    assertTrue(refused.fix().contains(collected.toString()), refused.fix());
    assertFalse(Files.exists(collected.resolve("notes.prom")));
  }

  @ParameterizedTest
  @CsvSource({"rwxrwxrwx, can be written by everybody", "rwxr-xrwx, can be written by everybody"})
  void aDirectoryThatOthersCanWriteIsRefused(String mode, String observed) throws Exception {
    Files.setPosixFilePermissions(collected, PosixFilePermissions.fromString(mode));
    Path path = collected.resolve("notes.prom");
    ProblemException refused = refused(path);
    assertEquals("cannot write " + path + ": " + collected + " " + observed, refused.getMessage());
    assertTrue(refused.fix().startsWith("Run `chmod o-w " + collected + "`"), refused.fix());
  }

  @Test
  void aDirectoryOfSomebodyElsesIsRefused() throws Exception {
    int owner = (int) Files.getAttribute(collected, "unix:uid");
    if (owner == 0) {
      Files.setAttribute(collected, "unix:uid", 4242);
    }
    TextFile file =
        new TextFile(collected.resolve("notes.prom"), new FakeAccounts(owner == 0 ? 0 : owner + 1));
    ProblemException refused = assertThrows(ProblemException.class, file::check);
    assertTrue(refused.getMessage().contains(collected + " belongs to "), refused.getMessage());
  }

  @Test
  void aMissingDirectoryIsToldOf() throws Exception {
    ProblemException refused = refused(collected.resolve("missing/notes.prom"));
    assertEquals(Problem.STORAGE_FAILED.name(), refused.failure().code());
  }
}
