package org.spoolway.host.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.source.ArchiveFormat;
import org.spoolway.source.ArchiveNames;
import org.spoolway.source.Place;
import org.spoolway.trust.Minisign;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKeys;

/** Archives that the real programs make and sign, in a directory and on a server. */
class ArchiveSourceTest {

  private static final Map<String, String> FILES =
      Map.of("README", "hello\n", "bin/serve", "#!/bin/sh\n");

  private enum Where {
    DIRECTORY,
    SERVER
  }

  @TempDir Path directory;
  private ReleaseDirectory releases;
  private DirectoryWeb web;
  private StateDir state;
  private Minisign alice;
  private TrustedKeys trust;

  @BeforeEach
  void make() throws Exception {
    releases = new ReleaseDirectory(directory.resolve("releases"), directory.resolve("scratch"));
    web = new DirectoryWeb(releases.path());
    state = new StateDir(directory.resolve("state"));
    alice = Minisign.makeKey(Files.createDirectory(directory.resolve("keys")), "alice");
    trust = new TrustedKeys(List.of(alice.key()));
  }

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

    assertEquals(alice.key(), before.by());
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
  void anEndlessSignatureIsRefused() throws Exception {
    releases.publish("1.0.0", ArchiveFormat.TAR_GZIP, FILES, "first");
    Files.writeString(releases.path().resolve("notes-1.0.0.tar.gz.minisig"), "x".repeat(20_000));

    assertRefused(
        Where.SERVER,
        "cannot trust the archive notes-1.0.0.tar.gz: notes-1.0.0.tar.gz.minisig is too long for a signature");
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
        new ArchiveSource(
            place(directory.resolve("nowhere").toUri().toString()),
            trust,
            state,
            new DirectoryArchivesContractTest.NoWeb());

    ProblemException refused = assertThrows(ProblemException.class, source::candidates);

    assertEquals(Problem.SOURCE_UNREACHABLE, refused.problem());
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

  @Test
  void aLinkInTheDirectoryIsNoRelease() throws Exception {
    Path outside = Files.writeString(directory.resolve("outside"), "x");
    Files.createSymbolicLink(releases.path().resolve("notes-1.0.0.zip"), outside);

    assertEquals(List.of(), source(Where.DIRECTORY, TrustedKeys.NONE).candidates());
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

  private void publishSigned(String version) throws IOException {
    releases.publish(version, ArchiveFormat.TAR_GZIP, FILES, "What is new");
    releases.sign(alice, "notes-" + version + ".tar.gz");
  }

  private void assertRefused(Where where, String message) throws Exception {
    ArchiveSource source = source(where, trust);
    Candidate candidate = only(source);
    for (Executable work :
        List.<Executable>of(
            () -> source.signer(candidate, trust),
            () -> source.fetch(candidate, Progress.NONE, new Interruption()))) {
      ProblemException refused = assertThrows(ProblemException.class, work::run);
      assertEquals(message, refused.getMessage());
      assertEquals(Problem.SIGNATURE_REFUSED, refused.problem());
    }
    assertEquals(List.of(), fetched());
  }

  private interface Executable {
    void run() throws ProblemException;
  }

  private List<String> fetched() {
    if (!Files.exists(state.archives())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(state.archives())) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Candidate only(ArchiveSource source) throws ProblemException {
    List<Candidate> candidates = source.candidates();
    assertEquals(1, candidates.size(), candidates::toString);
    return candidates.get(0);
  }

  private Map<String, String> exported(ArchiveSource source, Candidate candidate)
      throws ProblemException, IOException {
    Path into = Files.createTempDirectory(directory, "out").resolve("tree");
    source.export(candidate, into, Progress.NONE, new Interruption());
    return Map.of(
        "README", Files.readString(into.resolve("README")),
        "bin/serve", Files.readString(into.resolve("bin/serve")));
  }

  private ArchiveSource source(Where where, TrustedKeys trust) {
    String url =
        where == Where.DIRECTORY ? releases.path().toUri().toString() : DirectoryWeb.ADDRESS;
    return new ArchiveSource(place(url), trust, state, web);
  }

  private static Place.Archives place(String url) {
    return new Place.Archives(
        url, ArchiveNames.of("notes"), 1 << 20, Duration.ofMinutes(1), null, null);
  }
}
