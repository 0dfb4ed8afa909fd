package org.spoolway.host.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.TrustedKeys;

/** What in a directory is a candidate, and how it is asked. */
class CandidatesTest extends CandidateFixture {

  @Test
  void programsAndTreesAreCandidatesWhateverTheyAreCalled() throws Exception {
    program("notes-1.0.0", "1.0.0");
    program("anything", "notes v1.1.0");
    script(candidates.resolve("tree").resolve("notes"), telling("1.2.0-rc.1"));

    assertEquals(List.of("1.0.0", "1.1.0", "1.2.0-rc.1"), versions(source()));
    assertEquals(List.of(), source().refused());
  }

  @Test
  void theProgramOfATreeMayLieDeepInIt() throws Exception {
    script(candidates.resolve("tree").resolve("bin").resolve("notes"), telling("1.2.0"));

    assertEquals(List.of("1.2.0"), versions(source(place("bin/notes", LIMIT), TrustedKeys.NONE)));
    assertEquals(List.of(), versions(source()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".notes",
        "notes~",
        "notes.tmp",
        "notes.part",
        "notes.partial",
        "notes.swp",
        "notes.minisig",
        "notes.md",
        "notes.txt",
        "-notes",
        "the notes",
        "notes\n1.0.0"
      })
  void otherNamesAreLeftAlone(String name) throws Exception {
    program(name, "1.0.0");

    assertRefused(source());
    assertEquals(0, marks());
  }

  @Test
  void whatIsNoPlainFileThatMayBeExecutedIsLeftAlone() throws Exception {
    Path elsewhere = script(directory.resolve("elsewhere").resolve("notes"), telling("1.0.0"));
    Files.createSymbolicLink(candidates.resolve("link"), elsewhere);
    Files.createSymbolicLink(candidates.resolve("tree-link"), elsewhere.getParent());
    Files.createSymbolicLink(
        Files.createDirectory(candidates.resolve("tree")).resolve("notes"), elsewhere);
    Files.createDirectory(candidates.resolve("without-program"));
    pipe(candidates.resolve("pipe"));
    Files.setPosixFilePermissions(
        program("plain", "1.0.0"), PosixFilePermissions.fromString("rw-r--r--"));

    assertRefused(source());
    assertEquals(0, marks());
  }

  @Test
  void aDirectoryThatIsNotThereIsSaid() throws Exception {
    Files.delete(candidates);

    assertProblem(
        Problem.SOURCE_UNREACHABLE,
        "cannot look for candidates in " + candidates + ": " + candidates + " does not exist",
        () -> source().candidates());
  }

  @Test
  void moreThanAHundredAreTooMany() throws Exception {
    for (int i = 0; i <= CandidateDirectory.MOST_CANDIDATES; i++) {
      program("notes-" + i, "1.0.0");
    }

    ProblemException refused = assertThrows(ProblemException.class, () -> source().candidates());

    assertEquals(Problem.SOURCE_UNUSABLE, refused.problem());
    assertEquals(0, marks());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "the long option | test \"$1\" = --version && echo 1.0.0",
        "the short one | test \"$1\" = -version && echo 1.0.0",
        "the short one, since the long one fails | echo 2.0.0; test \"$1\" = -version && echo 1.0.0",
        "standard error | echo 1.0.0 >&2",
        "standard output | echo 2.0.0 >&2; echo 1.0.0",
        "another line | echo notes; echo; echo v1.0.0",
        "what is near the beginning | head -c 4000 /dev/zero; echo 1.0.0",
        "whoever prints for long | echo 1.0.0; head -c 1000000 /dev/zero",
      })
  void aVersionIsToldBy(String what, String script) throws Exception {
    script(candidates.resolve("notes"), script.replace("2.0.0; test", "2.0.0 >&2; test"));

    assertEquals(List.of("1.0.0"), versions(source()), what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"echo 1.0.0; exit 3", "head -c 4096 /dev/zero; echo 1.0.0; exit 3", "exit 3"})
  void whoFailsTellsNothing(String script) throws Exception {
    script(candidates.resolve("notes"), script);

    assertRefused(
        source(),
        "notes (it tells no semantic version, neither with `--version` nor with `-version`, and"
            + " exits with status 3)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "echo 1.0", "head -c 4096 /dev/zero; echo 1.0.0"})
  void whoPrintsNoVersionTellsNone(String script) throws Exception {
    script(candidates.resolve("notes"), script);

    assertRefused(
        source(),
        "notes (it tells no semantic version, neither with `--version` nor with `-version`)");
  }

  @Test
  void whoDoesNotAnswerIsEnded() throws Exception {
    Path pipe = directory.resolve("never");
    pipe(pipe);
    script(candidates.resolve("hanging"), "read line < " + pipe);

    assertRefused(
        source(place("notes", Duration.ofMillis(500)), TrustedKeys.NONE),
        "hanging (it has not told its version within 0.5 s of `source.timeout`)");
  }

  @Test
  void itReadsNothingAndSeesNothingOfTheRunner() throws Exception {
    Path seen = directory.resolve("seen");
    script(
        candidates.resolve("notes"),
        "cat > " + seen + "; env | cut -d= -f1 | sort >> " + seen + "; echo 1.0.0");

    assertEquals(List.of("1.0.0"), versions(source()));
    // PWD is the shell's own.
    assertEquals(List.of("HOME", "LC_ALL", "PATH", "PWD"), Files.readAllLines(seen));
  }

  @Test
  void whatIsRunIsACopyThatGoesAgain() throws Exception {
    Path seen = directory.resolve("seen");
    script(candidates.resolve("notes"), "readlink -f \"$0\" > " + seen + "; echo 1.0.0");

    assertEquals(List.of("1.0.0"), versions(source()));

    Path ran = Path.of(Files.readString(seen).strip());
    assertEquals(state.candidates().toRealPath().resolve("asked/copy/release/notes"), ran);
    assertFalse(Files.exists(state.candidates().resolve("asked")));
  }

  @Test
  void whatCannotBeExecutedIsTriedAgain() throws Exception {
    Files.writeString(candidates.resolve("notes"), "#!/etc/passwd\n");
    Files.setPosixFilePermissions(
        candidates.resolve("notes"), PosixFilePermissions.fromString("rwxr-xr-x"));

    assertRefused(source(), "notes (it cannot be executed)");
    String kept = Files.readString(state.candidates().resolve("seen.json"));
    assertTrue(kept.contains("\"unsettled\" : true"), kept);
  }

  @Test
  void whatAKilledRunnerHasLeftGoes() throws Exception {
    Path left = Files.createDirectories(state.candidates().resolve("asked").resolve("copy"));
    Files.writeString(left.resolve("file"), "left");

    assertRefused(source());

    assertFalse(Files.exists(state.candidates().resolve("asked")));
  }
}
