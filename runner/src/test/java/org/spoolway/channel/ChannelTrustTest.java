package org.spoolway.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.channel.MadeChannel.role;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.channel.ChannelTrust.Accepted;
import org.spoolway.channel.RefusedFileException.Kind;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.SchemaJson.Malformed;
import org.spoolway.trust.Minisign;

/**
 * The attacks of The Update Framework's list, each by somebody who owns the server and all that was
 * ever on it, and in some cases a key.
 */
class ChannelTrustTest {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final int HUGE = 1_000_000_000;

  @TempDir Path scratch;
  private MadeChannel made;
  private Minisign ann;
  private Minisign ben;
  private Minisign eve;

  @BeforeEach
  void make() throws Exception {
    made = new MadeChannel(Files.createDirectory(scratch.resolve("server")));
    Path keys = Files.createDirectory(scratch.resolve("keys"));
    ann = Minisign.makeKey(keys, "ann");
    ben = Minisign.makeKey(keys, "ben");
    eve = Minisign.makeKey(keys, "eve");
  }

  private ChannelTrust trust(Role root, Role channel) {
    return ChannelTrust.in(
        "anchor", new RootFile(RootFile.SCHEMA, "notes", 1, MadeChannel.EXPIRES, root, channel));
  }

  private ChannelTrust annsTrust() throws Exception {
    return trust(role(1, ann), role(1, ann));
  }

  private Accepted accepted(ChannelTrust trust, long counter, Minisign... signers)
      throws Exception {
    return trust.accept(made.read(made.channel(counter, List.of(), signers)), NOW);
  }

  private static String refusal(Kind kind, Executable work) {
    RefusedFileException refused = assertThrows(RefusedFileException.class, work);
    assertEquals(kind, refused.kind());
    return refused.observed();
  }

  @Test
  void whatItsMakersSignedIsBelieved() throws Exception {
    Accepted accepted = accepted(annsTrust(), 7, ann);

    assertEquals(7, accepted.channel().counter());
    assertEquals(List.of(ann.key()), accepted.signers());
    assertEquals(Map.of(ann.key().id(), 7L), accepted.trust().floors());
  }

  @Test
  void theSameIsBelievedAgain() throws Exception {
    SignedFile file = made.read(made.channel(7, List.of(), ann));
    ChannelTrust before = annsTrust().accept(file, NOW).trust();

    assertEquals(before, before.accept(file, NOW.plusSeconds(1)).trust());
  }

  @Test
  void rollbackToAnOlderListIsRefused() throws Exception {
    ChannelTrust trust = accepted(annsTrust(), 7, ann).trust();

    assertEquals(
        "channel.json is number 6, and number 7 was here before",
        refusal(Kind.FALSE, () -> accepted(trust, 6, ann)));
  }

  @Test
  void rollbackToAnOlderListOfAnotherKeyIsRefused() throws Exception {
    ChannelTrust trust = trust(role(1, ann), role(1, ann, ben));
    ChannelTrust seen = accepted(accepted(trust, 5, ben).trust(), 7, ann).trust();

    assertEquals(
        "channel.json is number 6, and number 7 was here before",
        refusal(Kind.FALSE, () -> accepted(seen, 6, ben)));
  }

  @Test
  void twoListsOfOneNumberAreNotTheSame() throws Exception {
    ChannelTrust trust = accepted(annsTrust(), 7, ann).trust();
    ChannelFile other =
        new ChannelFile(
            ChannelFile.SCHEMA, "notes", 7, MadeChannel.EXPIRES.plusSeconds(1), List.of());

    assertEquals(
        "channel.json is another number 7 than the one that was here before",
        refusal(Kind.FALSE, () -> trust.accept(made.read(made.channel(other, ann)), NOW)));
  }

  @Test
  void freezingIsNoticedWhenTheListExpires() throws Exception {
    SignedFile file = made.read(made.channel(7, List.of(), ann));
    ChannelTrust trust = annsTrust().accept(file, MadeChannel.EXPIRES.minusSeconds(1)).trust();
    ChannelTrust forEver =
        new ChannelTrust(
            "anchor",
            new RootFile(
                RootFile.SCHEMA,
                "notes",
                1,
                MadeChannel.EXPIRES.plusSeconds(9),
                trust.root().root(),
                trust.root().channel()),
            trust.floors(),
            trust.latest());

    assertEquals(
        "channel.json has expired at 2027-01-01T00:00:00Z",
        refusal(Kind.EXPIRED, () -> forEver.accept(file, MadeChannel.EXPIRES)));
  }

  @Test
  void freezingIsNoticedWhenTheRootExpires() throws Exception {
    SignedFile file = made.read(made.channel(7, List.of(), ann));

    assertEquals(
        "1.root.json has expired at 2027-01-01T00:00:00Z",
        refusal(Kind.EXPIRED, () -> annsTrust().accept(file, MadeChannel.EXPIRES)));
  }

  @Test
  void theListOfAnotherApplicationIsNone() throws Exception {
    ChannelFile other =
        new ChannelFile(ChannelFile.SCHEMA, "casebook", 7, MadeChannel.EXPIRES, List.of());

    assertEquals(
        "channel.json is of \"casebook\", not of \"notes\"",
        refusal(Kind.FALSE, () -> annsTrust().accept(made.read(made.channel(other, ann)), NOW)));
  }

  @Test
  void anotherFileOfTheSameKeyIsNoList() throws Exception {
    Path file = made.channel(7, List.of(), ann);
    byte[] content = Files.readAllBytes(file);
    made.write("other.json", content, ann);
    SignedFile renamed =
        new SignedFile(
            ChannelFile.NAME,
            content,
            Files.readAllBytes(made.directory().resolve("other.json.minisig")));

    String why = refusal(Kind.FALSE, () -> annsTrust().accept(renamed, NOW));
    assertTrue(why.contains("it is of \"other.json\""), why);
  }

  /** Whoever had a key for a moment must not be able to lock the makers out for ever. */
  @Test
  void fastForwardIsUndoneByAnotherKey() throws Exception {
    ChannelTrust harmed = accepted(trust(role(1, ann), role(1, eve)), HUGE, eve).trust();
    assertEquals(
        "channel.json is number 8, and number 1000000000 was here before",
        refusal(Kind.FALSE, () -> accepted(harmed, 8, eve)));

    SignedFile root = made.read(made.root(2, role(1, ann), role(1, ben), ann));
    ChannelTrust mended = harmed.follow(root);

    assertEquals(8, accepted(mended, 8, ben).channel().counter());
  }

  @Test
  void aKeyThatWasExchangedDoesNotCountAnyMore() throws Exception {
    ChannelTrust trust = trust(role(1, ann), role(1, eve));
    ChannelTrust mended = trust.follow(made.read(made.root(2, role(1, ann), role(1, ben), ann)));

    assertEquals(
        "channel.json cannot be trusted: of its signatures 0 count, and 1 must; the "
            + eve.key().name()
            + " is nobody's here",
        refusal(Kind.FALSE, () -> accepted(mended, 9, eve)));
  }

  @Test
  void oneKeyIsNotEnoughWhereTwoMustSign() throws Exception {
    ChannelTrust trust = trust(role(1, ann), role(2, ann, ben, eve));

    String one = refusal(Kind.FALSE, () -> accepted(trust, 7, eve));
    String twice = refusal(Kind.FALSE, () -> accepted(trust, 7, eve, eve));

    assertTrue(one.contains("of its signatures 1 count, and 2 must"), one);
    assertTrue(twice.contains("of its signatures 1 count, and 2 must"), twice);
    assertEquals(7, accepted(trust, 7, ann, ben).channel().counter());
  }

  @Test
  void aRootThatOnlyItsOwnKeysSignedIsRefused() throws Exception {
    SignedFile root = made.read(made.root(2, role(1, eve), role(1, eve), eve));

    String why = refusal(Kind.FALSE, () -> annsTrust().follow(root));
    assertTrue(why.startsWith("2.root.json cannot be trusted: of its signatures 0 count"), why);
  }

  /** Otherwise nobody might be able to sign the one after it. */
  @Test
  void aRootThatItsOwnKeysHaveNotSignedIsRefused() throws Exception {
    SignedFile root = made.read(made.root(2, role(1, ben), role(1, ben), ann));

    String why = refusal(Kind.FALSE, () -> annsTrust().follow(root));
    assertTrue(why.startsWith("2.root.json cannot be trusted: of its signatures 0 count"), why);
  }

  @Test
  void aRootOfBothIsFollowed() throws Exception {
    SignedFile root = made.read(made.root(2, role(1, ben), role(1, ben), ann, ben));

    ChannelTrust trust = annsTrust().follow(root);

    assertEquals(2, trust.root().version());
    assertEquals(7, accepted(trust, 7, ben).channel().counter());
  }

  @Test
  void noRootIsLeftOut() throws Exception {
    Path third = made.root(3, role(1, ann), role(1, ann), ann);
    made.write("2.root.json", Files.readAllBytes(third), ann);

    assertEquals(
        "2.root.json is version 3 in truth",
        refusal(
            Kind.FALSE,
            () -> annsTrust().follow(made.read(made.directory().resolve("2.root.json")))));
  }

  @Test
  void anotherRootOfTheAdministratorKeepsWhatWasSeen() throws Exception {
    ChannelTrust seen = accepted(annsTrust(), 7, ann).trust();

    ChannelTrust anew = seen.anchoredAt("another", annsTrust().root());

    refusal(Kind.FALSE, () -> accepted(anew, 6, ann));
  }

  @Test
  void oneKeyUnderTwoNumbersIsOneKey() throws Exception {
    byte[] line = Base64.getDecoder().decode(ann.line());
    line[3] ^= 1;
    String renumbered = Base64.getEncoder().encodeToString(line);
    Role twice = new Role(2, List.of(ann.line(), renumbered));
    RootFile root =
        new RootFile(RootFile.SCHEMA, "notes", 1, MadeChannel.EXPIRES, twice, role(1, ann));

    Malformed e = assertThrows(Malformed.class, () -> RootFile.parse(SchemaJson.pretty(root)));
    assertTrue(String.valueOf(e.getMessage()).contains("twice"), e.getMessage());
  }

  @Test
  void whatIsNotSignedIsRefused() throws Exception {
    SignedFile file =
        new SignedFile(
            ChannelFile.NAME, Files.readAllBytes(made.channel(7, List.of(), ann)), new byte[0]);

    assertEquals(
        "channel.json cannot be trusted: its signature is not one of minisign",
        refusal(Kind.FALSE, () -> annsTrust().accept(file, NOW)));
  }

  @Test
  void whatWasChangedAfterwardsIsRefused() throws Exception {
    Path file = made.channel(7, List.of(), ann);
    Files.writeString(file, Files.readString(file).replace(": 7,", ": 8,"));

    String why = refusal(Kind.FALSE, () -> annsTrust().accept(made.read(file), NOW));
    assertTrue(why.contains("it is not of this content"), why);
  }

  @Test
  void aNewerMakersFileMayHaveMoreInIt() throws Exception {
    Path file = made.channel(7, List.of(), ann);
    String more = Files.readString(file).replace("\"counter\"", "\"later\" : [1], \"counter\"");

    SignedFile signed =
        made.read(made.write(ChannelFile.NAME, more.getBytes(StandardCharsets.UTF_8), ann));
    assertEquals(7, annsTrust().accept(signed, NOW).channel().counter());
  }
}
