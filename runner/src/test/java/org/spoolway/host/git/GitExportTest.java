package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class GitExportTest extends GitFixture {

  private static final int LARGE = 12_000_000;

  @Test
  void filesHaveTheModesThatGitKeeps() throws Exception {
    repository.write("plain", "1").executable("bin/serve", "2").release("v1.0.0");

    Path release = fetchAndExport("1.0.0");

    assertEquals("rw-r--r--", mode(release.resolve("plain")));
    assertEquals("rwxr-xr-x", mode(release.resolve("bin/serve")));
    assertEquals("rwxr-xr-x", mode(release.resolve("bin")));
    assertEquals("rwxr-xr-x", mode(release));
  }

  @Test
  void linksAreLinksWhereverTheyLead() throws Exception {
    repository.write("dir/file", "1");
    repository
        .link("inside", "dir/file")
        .link("dir/up", "../dir/../dir")
        .link("away", "/etc/passwd");
    repository.link("nowhere", "does/not/exist").release("v1.0.0");

    Path release = fetchAndExport("1.0.0");

    assertEquals("dir/file", Files.readSymbolicLink(release.resolve("inside")).toString());
    assertEquals("../dir/../dir", Files.readSymbolicLink(release.resolve("dir/up")).toString());
    assertEquals("/etc/passwd", Files.readSymbolicLink(release.resolve("away")).toString());
    assertEquals("does/not/exist", Files.readSymbolicLink(release.resolve("nowhere")).toString());
  }

  @Test
  void aLightweightAndAnAnnotatedTagAreExportedAlike() throws Exception {
    repository.write("file", "1").release("v1.0.0");
    repository.git("tag", "-a", "-m", "annotated", "v1.1.0");

    assertEquals("1", Files.readString(fetchAndExport("1.0.0").resolve("file")));
    assertEquals("1", Files.readString(fetchAndExport("1.1.0").resolve("file")));
  }

  @Test
  void contentIsTheSameByteForByte() throws Exception {
    byte[] noise = new byte[LARGE];
    new Random(2).nextBytes(noise);
    repository.write("large", noise).write("empty", "").write("lines", "a\r\nb\n");
    repository.write(".gitattributes", "lines text eol=lf\n").release("v1.0.0");

    Path release = fetchAndExport("1.0.0");

    assertArrayEquals(noise, Files.readAllBytes(release.resolve("large")));
    assertEquals(0, Files.size(release.resolve("empty")));
    String committed = repository.git("cat-file", "-s", "v1.0.0:lines");
    assertEquals(Long.parseLong(committed), Files.size(release.resolve("lines")));
  }

  @Test
  void namesAreTheSameByteForByte() throws Exception {
    byte[] invalid = {'n', (byte) 0xff, (byte) 0xc3, ' ', '%', '?', '\\', '\n', 'x'};
    String tree = repository.rawTree("100644", invalid, repository.blob("odd"));
    repository.releaseTree("v1.0.0", tree);
    repository.write("Zoë/日本.txt", "even").release("v1.1.0");

    assertEquals("odd", Files.readString(fetchAndExport("1.0.0").resolve(RawName.path(invalid))));
    Path name = RawName.path("Zoë/日本.txt".getBytes(StandardCharsets.UTF_8));
    assertEquals("even", Files.readString(fetchAndExport("1.1.0").resolve(name)));
  }

  @Test
  void theExportOfAnEmptyTreeIsAnEmptyDirectory() throws Exception {
    repository.release("v1.0.0");

    assertArrayEquals(new String[0], fetchAndExport("1.0.0").toFile().list());
  }

  @Test
  void anExportThatIsUnderWayEndsWhenItIsCancelled() throws Exception {
    repository.write("large", new byte[LARGE]).release("v1.0.0");
    Candidate candidate = candidate("1.0.0");
    fetch(candidate);
    Interruption interruption = new Interruption();
    Path into = scratch.resolve("out");
    Progress cancel = (part, detail) -> interruption.request(Interruption.Cause.CANCEL);

    ProblemException e =
        assertProblem(
            Problem.INTERRUPTED, () -> source.export(candidate, into, cancel, interruption));

    assertEquals("cannot write release 1.0.0 to " + into + ": it was cancelled", e.getMessage());
    assertFalse(Files.exists(into.resolve("large")));
  }

  @Test
  void aDirectoryThatExistsIsNotWrittenInto() throws Exception {
    repository.write("file", "1").release("v1.0.0");
    Candidate candidate = candidate("1.0.0");
    fetch(candidate);
    Path into = Files.createDirectory(scratch.resolve("there"));

    assertProblem(
        Problem.STORAGE_FAILED,
        () -> source.export(candidate, into, Progress.NONE, new Interruption()));

    assertFalse(Files.exists(into.resolve("file"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void aPointerOfGitLfsIsNoRelease() throws Exception {
    String pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:"
            + "0".repeat(64)
            + "\nsize 12345\n";
    repository.write("media/logo.png", pointer).release("v1.0.0");
    repository.write("media/.gitattributes", "*.png filter=lfs diff=lfs -text\n");
    repository.commit("hand it to LFS");
    repository.git("tag", "v1.1.0");

    assertEquals(pointer, Files.readString(fetchAndExport("1.0.0").resolve("media/logo.png")));
    Candidate managed = candidate("1.1.0");
    fetch(managed);
    ProblemException e = assertProblem(Problem.SOURCE_UNUSABLE, () -> export(managed));
    assertTrue(e.getMessage().contains("media/logo.png is a pointer of Git LFS"), e.getMessage());
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
  }
}
