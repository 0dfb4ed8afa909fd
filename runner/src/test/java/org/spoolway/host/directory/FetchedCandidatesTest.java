package org.spoolway.host.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spoolway.durable.Checksum;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.trust.TrustedKeys;

/** What becomes of a candidate that is taken. */
class FetchedCandidatesTest extends CandidateFixture {

  @Test
  void aProgramBecomesAReleaseWithTheNameOfItsProgram() throws Exception {
    Path program = program("notes-1.0.0", "1.0.0");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    DirectorySource source = source(place("bin/notes", LIMIT), TrustedKeys.NONE);
    Candidate candidate = only(source);

    assertEquals(Checksum.of(program), candidate.object());
    assertEquals(Map.of("bin", "rwxr-xr-x", "bin/notes", "rwxr-xr-x"), exported(source, candidate));
  }

  @Test
  void aTreeStaysAsItIsButForModesAndOwners() throws Exception {
    Path tree = candidates.resolve("tree");
    script(tree.resolve("notes"), telling("1.0.0"));
    Files.setAttribute(tree.resolve("notes"), "unix:mode", 06755);
    Files.writeString(Files.createDirectory(tree.resolve("data")).resolve("a"), "a");
    Files.setPosixFilePermissions(
        tree.resolve("data").resolve("a"), PosixFilePermissions.fromString("rw-------"));
    Files.createDirectory(tree.resolve("empty"));
    Files.createSymbolicLink(tree.resolve("data").resolve("up"), Path.of("../notes"));
    DirectorySource source = source();

    assertEquals(
        "{data=rwxr-xr-x, data/a=rw-r--r--, data/up=-> ../notes, empty=rwxr-xr-x,"
            + " notes=rwxr-xr-x}",
        exported(source, only(source)).toString());
  }

  @Test
  void whatIsAnotherByNowIsNotFetched() throws Exception {
    program("notes", "1.0.0");
    DirectorySource source = source();
    Candidate candidate = only(source);
    program("notes", "1.0.0 # other");

    assertProblem(
        Problem.SOURCE_CHANGED,
        "cannot fetch candidate notes from " + candidates + ": it is another by now",
        () -> fetch(source, candidate));
    Candidate other = only(source);
    assertNotEquals(candidate.object(), other.object());
    fetch(source, other);
  }

  /** Whoever changes a file within one tick of the clock leaves no trace but its content. */
  @Test
  void whatWasRememberedWronglyIsFoundOutAnew() throws Exception {
    program("notes", "1.0.0");
    DirectorySource source = source();
    Candidate candidate = only(source);
    Path seen = state.candidates().resolve("seen.json");
    String wrong = Checksum.of(seen);
    Files.writeString(seen, Files.readString(seen).replace(candidate.object(), wrong));
    Candidate imagined = only(source);
    assertEquals(wrong, imagined.object());

    assertProblem(
        Problem.SOURCE_CHANGED,
        "cannot fetch candidate notes from " + candidates + ": it is another by now",
        () -> fetch(source, imagined));

    assertEquals(candidate.object(), only(source).object());
  }

  @Test
  void aTreeIsAnotherWithOtherNamesModesLinksOrContents() throws Exception {
    Path tree = candidates.resolve("tree");
    script(tree.resolve("notes"), "echo 1.0.0");
    Path file = Files.writeString(tree.resolve("a"), "a");
    DirectorySource source = source();
    String before = only(source).object();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    assertEquals(before, only(source).object(), "times do not count");

    Files.move(file, tree.resolve("b"));
    String renamed = only(source).object();
    Files.setPosixFilePermissions(tree.resolve("b"), PosixFilePermissions.fromString("rwxr-xr-x"));
    String executable = only(source).object();
    Files.writeString(tree.resolve("b"), "b");
    String changed = only(source).object();
    Files.createSymbolicLink(tree.resolve("c"), Path.of("b"));
    String linked = only(source).object();

    assertEquals(
        5, java.util.Set.of(before, renamed, executable, changed, linked).size(), "all differ");
  }

  @Test
  void onlyTheLastOneIsKept() throws Exception {
    program("notes-1.0.0", "1.0.0");
    program("notes-1.1.0", "1.1.0");
    DirectorySource source = source();

    for (Candidate candidate : source.candidates()) {
      fetch(source, candidate);
      assertEquals(1, fetched().length, () -> Arrays.toString(fetched()));
    }
  }

  private String[] fetched() {
    return state.candidates().resolve("fetched").toFile().list();
  }

  @Test
  void whatIsTooLongIsNotTaken() throws Exception {
    Path program = program("notes", "1.0.0");
    Files.write(program, new byte[(int) MOST_BYTES], java.nio.file.StandardOpenOption.APPEND);

    assertRefused(source(), "notes (it is longer than the 1.0 MB that `source.maxSize` allows)");
    assertEquals(0, marks());
  }

  @Test
  void whatLeadsOutOfATreeIsNotTaken() throws Exception {
    Path tree = candidates.resolve("tree");
    script(tree.resolve("notes"), telling("1.0.0"));
    Path link = tree.resolve("link");
    Files.createDirectories(tree.resolve("a/b"));
    Files.createSymbolicLink(tree.resolve("a/b/up"), Path.of("../.."));
    for (String target : new String[] {"/etc/passwd", "../notes", "a/b/up/../notes", "nowhere"}) {
      Files.createSymbolicLink(link, Path.of(target));
      assertRefused(
          source(),
          "tree (link is a link that leads out of the tree or nowhere, to " + target + ")");
      Files.delete(link);
    }
    assertEquals(0, marks());
  }

  @Test
  void whatIsNeitherFileNorDirectoryNorLinkIsNotTaken() throws Exception {
    Path tree = candidates.resolve("tree");
    script(tree.resolve("notes"), telling("1.0.0"));
    pipe(tree.resolve("pipe"));

    assertRefused(source(), "tree (pipe is neither a file, a directory nor a link)");
    assertEquals(0, marks());
  }

  @Test
  void aNameThatCannotBeReadIsNotTaken() throws Exception {
    Path tree = candidates.resolve("tree");
    script(tree.resolve("notes"), telling("1.0.0"));
    Files.writeString(tree.resolve("a\nb"), "a");

    assertRefused(source(), "tree (\"a\\u000ab\" is a name that is not plain text in UTF-8)");
  }

  @Test
  void textsBesideItAreItsNotesUnlessTheyAreNoFile() throws Exception {
    program("notes-1.0.0", "1.0.0");
    DirectorySource source = source();
    Candidate candidate = only(source);
    assertEquals("", source.notes(candidate));

    Files.writeString(candidates.resolve("notes-1.0.0.txt"), " What is new \n");
    assertEquals("What is new", source.notes(candidate));
    pipe(candidates.resolve("notes-1.0.0.md"));
    assertEquals("What is new", source.notes(candidate));
    Files.delete(candidates.resolve("notes-1.0.0.txt"));
    Files.createSymbolicLink(candidates.resolve("notes-1.0.0.txt"), Path.of("/etc/hostname"));
    assertEquals("", source.notes(candidate));
  }
}
