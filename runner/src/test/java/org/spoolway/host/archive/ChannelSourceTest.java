package org.spoolway.host.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.channel.MadeChannel.role;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.channel.ChannelFile;
import org.spoolway.channel.ChannelFile.Release;
import org.spoolway.channel.MadeChannel;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.Sources.Offer;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.source.ArchiveFormat;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKeys;
import org.spoolway.trust.VerifiedReleases;

/** Releases that a signed list tells, in a directory and on a server. */
class ChannelSourceTest extends ChannelSourceFixture {

  @ParameterizedTest
  @EnumSource
  void whatItsMakersListedIsInstalled(Where where) throws Exception {
    list(1, release("1.0.0"));
    ArchiveSource source = channel(where);
    Candidate candidate = only(source);

    Signed signed = source.signer(candidate, TrustedKeys.NONE);
    fetch(source, candidate);

    assertEquals(FILES, exported(source, candidate));
    assertEquals(alice.key().name() + ", in number 1 of channel.json", signed.by());
    assertEquals(candidate.object(), signed.content());
    assertEquals("A search\nNo tracking (asked for)", source.notes(candidate));
  }

  /** The list of the server and the signatures beside archives do not count here. */
  @Test
  void aServerNeedsNothingElse() throws Exception {
    list(1, release("1.0.0"));
    Files.delete(releases.path().resolve("SHA256SUMS"));
    ArchiveSource source = channel(Where.SERVER);

    fetch(source, only(source));

    assertEquals(1, fetched().size());
  }

  @Test
  void makersSayForWhomAReleaseIs() throws Exception {
    Release first = release("1.0.0");
    list(
        1,
        new Release(
            first.version(),
            first.file(),
            first.sha256(),
            first.length(),
            new Version("0.9.0"),
            "0042",
            "expand",
            25,
            List.of(),
            "it loses notes"));

    assertEquals(
        new Offer(new Version("0.9.0"), 25, "it loses notes"), only(channel(Where.SERVER)).offer());
  }

  @ParameterizedTest
  @EnumSource
  void anArchiveOfTheSameNameIsNotTheSame(Where where) throws Exception {
    list(1, release("1.0.0"));
    ArchiveSource source = channel(where);
    Candidate candidate = only(source);
    releases.publish("1.0.0", ArchiveFormat.TAR_GZIP, Map.of("README", "evil"), "");

    ProblemException refused = refusal(Problem.SOURCE_CHANGED, () -> fetch(source, candidate));

    assertTrue(
        String.valueOf(refused.getMessage())
            .endsWith("notes-1.0.0.tar.gz is not what channel.json says"),
        refused.getMessage());
    assertEquals(List.of(), fetched());
  }

  /** Mix and match: each file is right, but not of one time. */
  @Test
  void anArchiveOfAnotherTimeDoesNotFitTheList() throws Exception {
    Release old = release("1.0.0");
    list(1, old);
    byte[] archive = Files.readAllBytes(releases.path().resolve(old.file()));
    list(2, release("1.0.0", Map.of("README", "new")));
    ArchiveSource source = channel(Where.SERVER);
    Candidate candidate = only(source);
    Files.write(releases.path().resolve(old.file()), archive);

    refusal(Problem.SOURCE_CHANGED, () -> fetch(source, candidate));
  }

  @ParameterizedTest
  @EnumSource
  void anOlderListIsRefusedAlsoAfterARestart(Where where) throws Exception {
    list(1, release("1.0.0"));
    Map<Path, byte[]> old = made.recorded();
    list(2, release("1.0.0"), release("1.1.0"));
    assertEquals(2, channel(where).candidates().size());

    MadeChannel.replay(old);

    ArchiveSource restarted = channel(where);
    ProblemException refused = refusal(Problem.CHANNEL_REFUSED, restarted::candidates);
    assertTrue(
        String.valueOf(refused.getMessage())
            .endsWith("channel.json is number 1, and number 2 was here before"),
        refused.getMessage());
  }

  @Test
  void aListThatNobodyRenewsIsNoticed() throws Exception {
    list(1, release("1.0.0"));
    assertEquals(1, channel(Where.SERVER).candidates().size());

    now = MadeChannel.EXPIRES;

    refusal(Problem.CHANNEL_EXPIRED, () -> channel(Where.SERVER).candidates());
  }

  @Test
  void anotherKeyTakesOverAndTheFirstDoesNotComeBack() throws Exception {
    list(1, release("1.0.0"));
    Map<Path, byte[]> old = made.recorded();
    made.root(2, role(1, alice), role(1, bob), alice);
    made.root(3, role(1, bob), role(1, bob), alice, bob);
    made.channel(2, List.of(release("1.1.0")), bob);
    assertEquals(1, channel(Where.SERVER).candidates().size());

    MadeChannel.replay(old);
    Files.delete(releases.path().resolve("2.root.json"));
    Files.delete(releases.path().resolve("3.root.json"));

    refusal(Problem.CHANNEL_REFUSED, () -> channel(Where.SERVER).candidates());
  }

  /** What was learned of keys stays learned, though the list is no good. */
  @Test
  void aRootIsKeptThoughTheListIsRefused() throws Exception {
    list(1, release("1.0.0"));
    Map<Path, byte[]> old = made.recorded();
    made.root(2, role(1, alice), role(1, bob), alice);
    refusal(Problem.CHANNEL_REFUSED, () -> channel(Where.SERVER).candidates());

    Files.delete(releases.path().resolve("2.root.json"));
    MadeChannel.replay(old);

    refusal(Problem.CHANNEL_REFUSED, () -> channel(Where.SERVER).candidates());
  }

  /** Each root counts as soon as it was followed, whatever comes after it. */
  @Test
  void aGoodRootIsKeptThoughTheNextIsRefused() throws Exception {
    list(1, release("1.0.0"));
    Map<Path, byte[]> old = made.recorded();
    made.root(2, role(1, alice), role(1, bob), alice);
    made.root(3, role(1, bob), role(1, bob), bob);
    refusal(Problem.CHANNEL_REFUSED, () -> channel(Where.SERVER).candidates());

    Files.delete(releases.path().resolve("2.root.json"));
    Files.delete(releases.path().resolve("3.root.json"));
    MadeChannel.replay(old);

    ProblemException refused =
        refusal(Problem.CHANNEL_REFUSED, () -> channel(Where.SERVER).candidates());
    assertTrue(
        String.valueOf(refused.getMessage()).contains("channel.json cannot be trusted"),
        refused.getMessage());
  }

  /** A deployment may go from signatures beside archives to a channel. */
  @Test
  void whatIsSignedInBothWaysIsToldApart() throws Exception {
    list(1, release("1.0.0"));
    releases.sign(alice, "notes-1.0.0.tar.gz");
    VerifiedReleases verified = new VerifiedReleases(state.verifiedReleases());
    ArchiveSource before = source(Where.SERVER, trust);
    Version version = new Version("1.0.0");
    verified.add(version, before.signer(only(before), trust), NOW);

    ArchiveSource after = channel(Where.SERVER);
    Signed signed = after.signer(only(after), TrustedKeys.NONE);

    verified.requireSame(version, "archive notes-1.0.0.tar.gz", signed);
  }

  @Test
  void noMoreRootsAreFollowedAtATimeThanNeeded() throws Exception {
    list(1, release("1.0.0"));
    for (int version = 2; version <= 40; version++) {
      made.root(version, role(1, alice), role(1, alice), alice);
    }

    assertEquals(1, channel(Where.SERVER).candidates().size());
    assertTrue(web.hasServed("33.root.json"));
    assertTrue(!web.hasServed("34.root.json"), "not at once");

    assertEquals(1, channel(Where.SERVER).candidates().size());
    assertTrue(web.hasServed("41.root.json"), "the next time the others");
  }

  @Test
  void aServerWithoutAListIsRefused() throws Exception {
    release("1.0.0");

    ProblemException refused =
        refusal(Problem.CHANNEL_REFUSED, () -> channel(Where.SERVER).candidates());

    assertEquals(
        "cannot list the releases of https://example.org/notes: there is no channel.json",
        refused.getMessage());
  }

  @Test
  void aListWithoutASignatureIsRefused() throws Exception {
    list(1, release("1.0.0"));
    Files.delete(releases.path().resolve("channel.json.minisig"));

    ProblemException refused =
        refusal(Problem.CHANNEL_REFUSED, () -> channel(Where.SERVER).candidates());

    assertTrue(String.valueOf(refused.getMessage()).endsWith("there is no channel.json.minisig"));
  }

  @Test
  void aReleaseThatIsNotListedAnyMoreIsNotFetched() throws Exception {
    list(1, release("1.0.0"));
    Candidate candidate = only(channel(Where.SERVER));
    list(2, release("1.1.0"));

    refusal(Problem.SOURCE_CHANGED, () -> fetch(channel(Where.SERVER), candidate));
  }

  @Test
  void anArchiveOfAnotherLengthIsNotUnpacked() throws Exception {
    Release right = release("1.0.0");
    list(
        1,
        new Release(
            right.version(),
            right.file(),
            right.sha256(),
            right.length() + 1,
            null,
            null,
            null,
            null,
            List.of(),
            null));
    ArchiveSource source = channel(Where.SERVER);
    Candidate candidate = only(source);

    refusal(Problem.SOURCE_CHANGED, () -> fetch(source, candidate));
  }

  @Test
  void aListThatNamesAFileElsewhereIsRefused() throws Exception {
    Release right = release("1.0.0");
    list(
        1,
        new Release(
            right.version(),
            "../" + right.file(),
            right.sha256(),
            right.length(),
            null,
            null,
            null,
            null,
            List.of(),
            null));

    ProblemException refused =
        refusal(Problem.CHANNEL_REFUSED, () -> channel(Where.SERVER).candidates());

    assertEquals(
        "cannot list the releases of https://example.org/notes: "
            + ChannelFile.NAME
            + " is no list of releases: of 1.0.0 \"file\" is \"../notes-1.0.0.tar.gz\"",
        refused.getMessage());
  }
}
