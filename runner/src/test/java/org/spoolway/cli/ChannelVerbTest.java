package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.GoldenFiles;
import org.spoolway.trust.Minisign;
import org.spoolway.trust.Tools;

/** A maker's channel, from its beginning to the exchange of its keys, with the real minisign. */
class ChannelVerbTest {

  private static final String ONE = "notes-1.0.0.tar.gz";
  private static final String TWO = "notes-1.1.0.tar.gz";

  @TempDir private Path directory;
  private FakeMachine machine;
  private Path channel;
  private Minisign ann;
  private Minisign ben;

  @BeforeEach
  void makeKeysAndArchives() throws Exception {
    machine = new FakeMachine(directory);
    machine.clock = Home.AT_NOON;
    channel = directory.resolve("pub");
    ann = Minisign.makeKey(directory, "ann");
    ben = Minisign.makeKey(directory, "ben");
    Files.createDirectories(channel);
    Files.writeString(channel.resolve(ONE), "one");
    Files.writeString(channel.resolve(TWO), "two!");
  }

  private String succeed(String... args) {
    FakeMachine.Ran ran = run(args);
    assertEquals("", ran.err(), () -> String.join(" ", args));
    assertEquals(0, ran.code());
    return ran.out();
  }

  private FakeMachine.Ran run(String... args) {
    List<String> words = new ArrayList<>(List.of("channel"));
    words.addAll(List.of(args));
    return machine.run(words.toArray(String[]::new));
  }

  private void assertRefused(ExitCode code, String message, String fix, String... args) {
    FakeMachine.Ran ran = run(args);
    assertAll(
        () -> assertEquals("spoolway: " + message + "\nFix: " + fix + "\n", ran.err()),
        () -> assertEquals("", ran.out()),
        () -> assertEquals(code.code(), ran.code()));
  }

  /** Ann's key alone says whose word counts, Ben's which releases there are. */
  private void begin() {
    succeed("init", "pub", "--application=notes", "--root-key=ann.pub", "--channel-key=ben.pub");
  }

  private void sign(String file, String owner) {
    succeed("sign", "pub/" + file, "--key", owner + ".key");
  }

  private void beginWithOne() {
    begin();
    succeed("add", "pub", "pub/" + ONE);
    sign("channel.json", "ben");
  }

  @Test
  void aChannelBeginsIsFilledSignedAndItsKeysExchanged() throws Exception {
    begin();
    assertRefused(
        ExitCode.FAILED,
        "cannot trust channel.json: it is not signed, there is no "
            + channel.resolve("channel.json.minisig"),
        "Sign it with as many keys as are asked for: `spoolway channel sign "
            + channel.resolve("channel.json")
            + " --key SECRET`.",
        "check",
        "pub");
    sign("channel.json", "ben");
    assertTrue(succeed("check", "pub").contains("there is no release yet"));

    succeed("add", "pub", "pub/" + ONE, "pub/" + TWO, "--change=It is there.");
    assertFalse(Files.exists(channel.resolve("channel.json.minisig")), "signed what was before");
    sign("channel.json", "ben");
    assertEquals(
        """
        notes: number 2, which counts until 2026-12-21T12:00:00Z
        signed by the %s; 1.root.json counts until 2027-11-21T12:00:00Z
        RELEASE  ARCHIVE             SIZE  HERE  FOR  REMARK
        1.1.0    notes-1.1.0.tar.gz  4 B   yes   all
        1.0.0    notes-1.0.0.tar.gz  3 B   yes   all
        """
            .formatted(ben.key().name()),
        succeed("check", "pub").replaceAll(" +\n", "\n"));

    succeed("rotate", "pub", "--root-key=" + ben.line(), "--channel-key=ann.pub");
    sign("2.root.json", "ann");
    sign("2.root.json", "ben");
    assertTrue(run("check", "pub").err().contains("of its signatures 0 count, and 1 must"));
    sign("channel.json", "ann");
    String seen = succeed("check", "pub");
    assertTrue(seen.contains("signed by the " + ann.key().name() + "; 2.root.json"), seen);
    assertEquals(seen, succeed("check", "pub", "--root", "pub/2.root.json"));
    Tools.run(
        channel, "minisign", "-Vm", "2.root.json", "-x", firstSignature(), "-p", "../ann.pub");
  }

  /** Minisign itself looks at the first signature only. */
  private String firstSignature() throws IOException {
    List<String> lines = Files.readAllLines(channel.resolve("2.root.json.minisig"));
    assertEquals(8, lines.size());
    Files.write(directory.resolve("first"), lines.subList(0, 4));
    return "../first";
  }

  @Test
  void whatIsWrittenFulfilsItsSchema() throws Exception {
    beginWithOne();
    succeed(
        "add",
        "pub",
        "pub/" + TWO,
        "--from=1.0.0",
        "--schema-head=0010_tags.sql",
        "--migrations=expand",
        "--ring=5",
        "--change=It has tags.",
        "--reason=Many asked.",
        "--change=It is faster.");
    assertSchema("channel", "channel.json");
    succeed("yank", "pub", "1.0.0", "--reason=It forgets.");
    succeed("ring", "pub", "1.1.0", "0");
    succeed("rotate", "pub", "--channel-threshold=1");
    assertSchema("channel", "channel.json");
    assertSchema("root", "1.root.json");
    assertSchema("root", "2.root.json");
    String list = Files.readString(channel.resolve("channel.json"));
    assertAll(
        () -> assertTrue(list.contains("\"counter\" : 5"), list),
        () -> assertTrue(list.contains("\"ring\" : 0"), list),
        () -> assertTrue(list.contains("\"yanked\" : \"It forgets.\""), list),
        () -> assertTrue(list.contains("\"reason\" : \"Many asked.\""), list),
        () -> assertTrue(list.contains("\"migrations\" : \"expand\""), list));
  }

  private void assertSchema(String kind, String file) throws IOException {
    assertEquals(List.of(), GoldenFiles.errors(kind, Files.readString(channel.resolve(file))));
  }

  @Test
  void whatIsWrittenIsSaidWithWhoHasToSignIt() {
    begin();
    String list = channel.resolve("channel.json").toString();
    assertEquals(
        "wrote %s, number 2, which counts until 2026-11-28T12:00:00Z\n".formatted(list)
            + "to be signed now by 1 of the 1 keys that 1.root.json names:"
            + " spoolway channel sign %s --key SECRET\n".formatted(list),
        succeed("renew", "pub", "--days=7"));
    String json = succeed("rotate", "pub", "--json");
    assertTrue(json.contains("\"number\" : 2") && json.contains("\"toSign\""), json);
    String told = succeed("sign", "pub/channel.json", "--key=ben.key", "--json");
    assertTrue(told.contains("\"count\" : 1"), told);
  }

  @Test
  void aSignatureTakesThePlaceOfAnEarlierOneOfTheSameKey() throws Exception {
    begin();
    sign("channel.json", "ann");
    sign("channel.json", "ben");
    sign("channel.json", "ann");
    assertEquals(8, Files.readAllLines(channel.resolve("channel.json.minisig")).size());

    Files.writeString(channel.resolve("channel.json.minisig"), "what is this\n");
    assertRefused(
        ExitCode.FAILED,
        "cannot add a signature to "
            + channel.resolve("channel.json.minisig")
            + ": its signature is not one of minisign",
        "Remove that file, then have everybody sign again.",
        "sign",
        "pub/channel.json",
        "--key=ann.key");
  }

  @Test
  void aPasswordIsReadFromAFileOrAsked() throws Exception {
    Minisign.makeLockedKey(directory, "cleo", "secret", 100);
    Files.writeString(directory.resolve("password"), "secret\n");
    begin();
    succeed("sign", "pub/channel.json", "--key=cleo.key", "--password-file=password");
    machine.password = Optional.of("secret");
    succeed("sign", "pub/channel.json", "--key=cleo.key");
    machine.password = Optional.of("sercet");
    assertRefused(
        ExitCode.USAGE,
        "cannot sign with "
            + directory.resolve("cleo.key")
            + ": it is locked by another password, or damaged",
        "Name the secret key, minisign.key, that `minisign -G` made, and give its own password.",
        "sign",
        "pub/channel.json",
        "--key=cleo.key");
    machine.password = Optional.empty();
    assertRefused(
        ExitCode.USAGE,
        "cannot sign with "
            + directory.resolve("cleo.key")
            + ": it has a password, and nobody to ask for it",
        "Name a file with the password with --password-file, or run it in a terminal.",
        "sign",
        "pub/channel.json",
        "--key=cleo.key");
  }

  @Test
  void checkRefusesWhatHostsWouldRefuse() throws Exception {
    beginWithOne();
    succeed("rotate", "pub", "--root-key=ann.pub", "--root-key=ben.pub", "--root-threshold=2");
    sign("2.root.json", "ann");
    FakeMachine.Ran tooFew = run("check", "pub");
    assertEquals(ExitCode.FAILED.code(), tooFew.code());
    assertTrue(
        tooFew
            .err()
            .contains(
                "cannot trust the channel: 2.root.json cannot be trusted: of its signatures 1"
                    + " count, and 2 must"),
        tooFew.err());
    assertTrue(
        tooFew.err().contains("Fix: Sign it with the keys of 1.root.json and with its own"),
        tooFew.err());
    sign("2.root.json", "ben");
    succeed("check", "pub");

    Files.writeString(channel.resolve(ONE), "ore");
    FakeMachine.Ran changed = run("check", "pub");
    assertEquals(ExitCode.FAILED.code(), changed.code());
    assertTrue(
        changed.err().contains("cannot publish " + ONE + ": its SHA-256 is "), changed.err());
    Files.writeString(channel.resolve(ONE), "one more");
    assertTrue(
        run("check", "pub").err().contains("it has 8 bytes, and was added with 3"),
        "length is seen too");
    Files.delete(channel.resolve(ONE));
    assertTrue(succeed("check", "pub").contains("3 B   no"), "it may lie elsewhere");
  }

  @Test
  void checkTellsWhatExpiresAndWhatHas() {
    beginWithOne();
    machine.clock = Clock.offset(Home.AT_NOON, Duration.ofDays(25));
    String warned = succeed("check", "pub");
    assertTrue(
        warned.contains("warning: channel.json expires at 2026-12-21T12:00:00Z: `spoolway"),
        warned);
    assertFalse(warned.contains("warning: 1.root.json"), warned);
    machine.clock = Clock.offset(Home.AT_NOON, Duration.ofDays(30));
    assertRefused(
        ExitCode.FAILED,
        "cannot trust the channel: channel.json has expired at 2026-12-21T12:00:00Z",
        "Renew it with `spoolway channel renew " + channel + "`, then sign it.",
        "check",
        "pub");
    machine.clock = Clock.offset(Home.AT_NOON, Duration.ofDays(365));
    assertRefused(
        ExitCode.FAILED,
        "cannot trust the channel: 1.root.json has expired at 2027-11-21T12:00:00Z",
        "Make the next one with `spoolway channel rotate " + channel + "`, then sign it.",
        "check",
        "pub");
  }

  @Test
  void checkIsPrintedForProgramsToo() {
    beginWithOne();
    String json = succeed("check", "pub", "--json");
    assertAll(
        () -> assertTrue(json.contains("\"present\" : [ \"" + ONE + "\" ]"), json),
        () -> assertTrue(json.contains("\"warnings\" : [ ]"), json),
        () -> assertTrue(json.contains("\"signers\" : [ \"" + ben.key().name() + "\" ]"), json));
  }
}
