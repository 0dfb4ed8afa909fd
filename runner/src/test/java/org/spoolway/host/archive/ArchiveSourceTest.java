package org.spoolway.host.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.source.ArchiveFormat;
import org.spoolway.trust.Minisign;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKeys;

/** Archives that the real programs make and sign, in a directory and on a server. */
class ArchiveSourceTest extends ArchiveSourceFixture {

  @ParameterizedTest
  @EnumSource
  void everyFormatIsUnpacked(ArchiveFormat format) throws Exception {
    releases.publish("1.0.0", format, FILES, "first");
    ArchiveSource source = source(Where.DIRECTORY, TrustedKeys.NONE);

    assertEquals(FILES, exported(source, only(source)));
  }

  @ParameterizedTest
  @EnumSource
  void aReleaseIsTakenOnceHoweverManyFormatsThereAre(Where where) throws Exception {
    for (ArchiveFormat format : ArchiveFormat.values()) {
      releases.publish("1.0.0", format, FILES, "first");
    }
    releases.publish("1.1.0", ArchiveFormat.ZIP, FILES, "second");
    Files.writeString(releases.path().resolve("other-2.0.0.zip"), "");
    Files.writeString(releases.path().resolve("notes-2.0.0.exe"), "");
    releases.list();

    List<String> names =
        source(where, TrustedKeys.NONE).candidates().stream().map(Candidate::tag).sorted().toList();

    assertEquals(List.of("notes-1.0.0.tar.zst", "notes-1.1.0.zip"), names);
  }

  @ParameterizedTest
  @EnumSource
  void theSignerIsKnownBeforeAndAfterTheArchiveIsFetched(Where where) throws Exception {
    publishSigned("1.0.0");
    ArchiveSource source = source(where, trust);
    Candidate candidate = only(source);

    Signed before = source.signer(candidate, trust);
    boolean wasFetched = web.hasServed("notes-1.0.0.tar.gz");
    source.fetch(candidate, Progress.NONE, new Interruption());
    Signed after = source.signer(candidate, trust);

    assertEquals(alice.key().name(), before.by());
    assertEquals(before, after);
    assertFalse(wasFetched, "to know the signer its archive is not needed");
    assertEquals(FILES, exported(source, candidate));
  }

  @ParameterizedTest
  @EnumSource
  void whatNobodyHasSignedIsRefused(Where where) throws Exception {
    releases.publish("1.0.0", ArchiveFormat.TAR_GZIP, FILES, "first");

    assertRefused(
        where,
        "cannot trust the archive notes-1.0.0.tar.gz: it is not signed: there is no"
            + " notes-1.0.0.tar.gz.minisig");
  }

  @ParameterizedTest
  @EnumSource
  void whatAnotherKeyHasSignedIsRefused(Where where) throws Exception {
    Minisign mallory = Minisign.makeKey(directory.resolve("keys"), "mallory");
    releases.publish("1.0.0", ArchiveFormat.TAR_GZIP, FILES, "first");
    releases.sign(mallory, "notes-1.0.0.tar.gz");

    assertRefused(
        where,
        "cannot trust the archive notes-1.0.0.tar.gz: it is signed by the "
            + mallory.key().name()
            + ", which `source.trust` does not name");
  }

  /** Whoever owns the server would install an old release again, under a newer name. */
  @ParameterizedTest
  @EnumSource
  void anotherVersionsArchiveAndSignatureAreRefused(Where where) throws Exception {
    publishSigned("1.0.0");
    for (String ending : List.of(".tar.gz", ".tar.gz.minisig")) {
      Files.move(
          releases.path().resolve("notes-1.0.0" + ending),
          releases.path().resolve("notes-1.1.0" + ending));
    }
    releases.list();

    assertRefused(
        where,
        "cannot trust the archive notes-1.1.0.tar.gz: its signature by the "
            + alice.key().name()
            + " is no good: it is of \"notes-1.0.0.tar.gz\"");
  }

  /** The signature is good and names the file, and the list was made to fit: only content tells. */
  @ParameterizedTest
  @EnumSource
  void exchangedContentIsRefusedBeforeItIsUnpacked(Where where) throws Exception {
    publishSigned("1.0.0");
    releases.publish("1.0.0", ArchiveFormat.TAR_GZIP, Map.of("README", "evil"), "first");
    ArchiveSource source = source(where, trust);
    Candidate candidate = only(source);

    ProblemException refused =
        assertThrows(
            ProblemException.class,
            () -> source.fetch(candidate, Progress.NONE, new Interruption()));

    assertEquals(Problem.SIGNATURE_REFUSED, refused.problem());
    assertEquals(
        "cannot trust the archive notes-1.0.0.tar.gz: its signature by the "
            + alice.key().name()
            + " is no good: it is not of this content",
        refused.getMessage());
    assertEquals(List.of(), fetched());
    assertThrows(ProblemException.class, () -> exported(source, candidate));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>not found</html>", ""})
  void whatIsNoSignatureIsRefused(String text) throws Exception {
    releases.publish("1.0.0", ArchiveFormat.TAR_GZIP, FILES, "first");
    Files.writeString(releases.path().resolve("notes-1.0.0.tar.gz.minisig"), text);

    assertRefused(
        Where.SERVER,
        "cannot trust the archive notes-1.0.0.tar.gz: its signature is not one of minisign");
  }

  @Test
  void aServerWithoutItsListIsNotReached() throws Exception {
    Files.delete(releases.path().resolve("SHA256SUMS"));

    ProblemException refused =
        assertThrows(ProblemException.class, source(Where.SERVER, trust)::candidates);

    assertEquals(Problem.SOURCE_UNREACHABLE, refused.problem());
    assertTrue(
        String.valueOf(refused.getMessage()).endsWith(": there is no SHA256SUMS"),
        refused.getMessage());
  }

  @Test
  void aDirectoryThatIsNotThereIsNotReached() throws Exception {
    ArchiveSource source =
        ArchiveSource.ofFiles(
            place(directory.resolve("nowhere").toUri().toString()),
            trust,
            state,
            new DirectoryArchivesContractTest.NoWeb());

    ProblemException refused = assertThrows(ProblemException.class, source::candidates);

    assertEquals(Problem.SOURCE_UNREACHABLE, refused.problem());
  }

  @Test
  void anArchiveThatIsFetchedIsNotFetchedAgainAndTheOneBeforeGoes() throws Exception {
    releases.publish("1.0.0", ArchiveFormat.TAR_GZIP, FILES, "first");
    ArchiveSource source = source(Where.SERVER, TrustedKeys.NONE);
    Candidate first = only(source);
    source.fetch(first, Progress.NONE, new Interruption());
    source.fetch(first, Progress.NONE, new Interruption());
    assertEquals(1, web.downloads());

    releases.withdraw("1.0.0");
    releases.publish("1.1.0", ArchiveFormat.TAR_GZIP, FILES, "second");
    source.fetch(only(source), Progress.NONE, new Interruption());

    assertEquals(1, fetched().size(), () -> fetched().toString());
    assertTrue(fetched().get(0).endsWith("-notes-1.1.0.tar.gz"), () -> fetched().toString());
  }

  @ParameterizedTest
  @EnumSource
  void notesThatNobodyHasSignedAreNotShown(Where where) throws Exception {
    publishSigned("1.0.0");
    ArchiveSource source = source(where, trust);

    assertEquals("", source.notes(only(source)));
    releases.sign(alice, "notes-1.0.0.md");
    assertEquals("What is new", source.notes(only(source)));
    Files.writeString(releases.path().resolve("notes-1.0.0.md"), "Call this number");
    releases.list();
    assertEquals("", source.notes(only(source)));
  }

  @ParameterizedTest
  @EnumSource
  void theSameVersionMadeAnewIsAnother(Where where) throws Exception {
    releases.publish("1.0.0", ArchiveFormat.TAR_GZIP, FILES, "first");
    ArchiveSource source = source(where, TrustedKeys.NONE);
    Candidate first = only(source);

    releases.publish("1.0.0", ArchiveFormat.TAR_GZIP, Map.of("README", "other"), "first");

    assertNotEquals(first.object(), only(source).object());
  }
}
