package org.spoolway.host.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.source.ArchiveFormat;
import org.spoolway.trust.TrustedKeys;

/** What whoever has the server or the directory would do to the runner. */
class HostileSourceTest extends ArchiveSourceFixture {

  /** Whoever lists one content under many names would fill the disk. */
  @Test
  void onlyOneArchiveIsKeptThoughAllAreTheSame() throws Exception {
    releases.publish("1.0.0", ArchiveFormat.TAR_GZIP, FILES, "first");
    Path archive = releases.path().resolve("notes-1.0.0.tar.gz");
    Files.copy(archive, releases.path().resolve("notes-1.1.0.tar.gz"));
    Files.copy(archive, releases.path().resolve("notes-1.2.0.tar.gz"));
    releases.list();
    ArchiveSource source = source(Where.SERVER, TrustedKeys.NONE);

    for (Candidate candidate : source.candidates()) {
      source.fetch(candidate, Progress.NONE, new Interruption());
      assertEquals(1, fetched().size(), () -> fetched().toString());
    }
  }

  @Test
  void rootReadsNoDirectoryInWhichOthersWrite() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root minds");
    publishSigned("1.0.0");
    ArchiveSource source = source(Where.DIRECTORY, trust);
    Candidate candidate = only(source);
    Files.setPosixFilePermissions(releases.path(), PosixFilePermissions.fromString("rwxrwxrwx"));

    for (Executable work :
        List.<Executable>of(
            source::candidates,
            () -> source.signer(candidate, trust),
            () -> source.fetch(candidate, Progress.NONE, new Interruption()))) {
      ProblemException refused = assertThrows(ProblemException.class, work::run);
      assertEquals(Problem.SOURCE_UNREACHABLE, refused.problem());
      assertTrue(
          String.valueOf(refused.getMessage()).contains("others than root can write in"),
          refused.getMessage());
    }
  }

  @Test
  void aFileThatIsTooLongIsNeitherCopiedNorLookedThrough() throws Exception {
    publishSigned("1.0.0");
    ArchiveSource source = source(Where.DIRECTORY, trust);
    Candidate candidate = only(source);
    try (RandomAccessFile archive =
        new RandomAccessFile(releases.path().resolve("notes-1.0.0.tar.gz").toFile(), "rw")) {
      archive.setLength(1L << 40);
    }

    ProblemException refused =
        assertThrows(ProblemException.class, () -> source.signer(candidate, trust));

    assertEquals(Problem.SOURCE_UNUSABLE, refused.problem());
  }

  @Test
  void aFileThatIsTooLongIsNotCopied() throws Exception {
    Path archive = releases.path().resolve("notes-1.0.0.tar.gz");
    Files.write(archive, new byte[(1 << 20) + 1]);
    ArchiveSource source = source(Where.DIRECTORY, TrustedKeys.NONE);
    Candidate candidate = only(source);

    ProblemException refused =
        assertThrows(
            ProblemException.class,
            () -> source.fetch(candidate, Progress.NONE, new Interruption()));

    assertEquals(Problem.SOURCE_UNUSABLE, refused.problem());
    assertEquals("Raise `source.maxSize` if that is right.", refused.fix());
  }

  @Test
  void aLinkInTheDirectoryIsNoRelease() throws Exception {
    Path outside = Files.writeString(directory.resolve("outside"), "x");
    Files.createSymbolicLink(releases.path().resolve("notes-1.0.0.zip"), outside);

    assertEquals(List.of(), source(Where.DIRECTORY, TrustedKeys.NONE).candidates());
  }

  @Test
  void anEndlessSignatureIsRefused() throws Exception {
    releases.publish("1.0.0", ArchiveFormat.TAR_GZIP, FILES, "first");
    Files.writeString(releases.path().resolve("notes-1.0.0.tar.gz.minisig"), "x".repeat(20_000));

    assertRefused(
        Where.SERVER,
        "cannot trust the archive notes-1.0.0.tar.gz: notes-1.0.0.tar.gz.minisig is too long for a signature");
  }

  @Test
  void whatIsNotAsTheListSaysIsRefused() throws Exception {
    Path archive = releases.publish("1.0.0", ArchiveFormat.TAR_GZIP, FILES, "first");
    Files.writeString(archive, "something else");
    ArchiveSource source = source(Where.SERVER, TrustedKeys.NONE);
    Candidate candidate = only(source);

    ProblemException refused =
        assertThrows(
            ProblemException.class,
            () -> source.fetch(candidate, Progress.NONE, new Interruption()));

    assertEquals(Problem.SOURCE_CHANGED, refused.problem());
    assertEquals(List.of(), fetched());
  }

  /** A server said of a part that it is of the same file, and it was not. */
  @Test
  void whatWasSplicedWronglyIsFetchedAnew() throws Exception {
    releases.publish("1.0.0", ArchiveFormat.TAR_GZIP, FILES, "first");
    ArchiveSource source = source(Where.SERVER, TrustedKeys.NONE);
    Candidate candidate = only(source);
    web.spoilNextDownload();

    source.fetch(candidate, Progress.NONE, new Interruption());

    assertEquals(FILES, exported(source, candidate));
  }
}
