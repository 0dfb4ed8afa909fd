package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.trust.Minisign;

/** What {@code channel} cannot do, and what to do about it; the files stay as they were. */
class ChannelUsageTest {

  private static final String ONE = "notes-1.0.0.tar.gz";
  private static final String NOTHING_CHANGED =
      "Correct it on the command line and run it again: nothing was changed.";

  @TempDir private Path directory;
  private FakeMachine machine;
  private Path channel;
  private String before;

  @BeforeEach
  void beginAChannel() throws Exception {
    machine = new FakeMachine(directory);
    machine.clock = Home.AT_NOON;
    channel = directory.resolve("pub");
    Minisign.makeKey(directory, "ann");
    Files.writeString(directory.resolve(ONE), "one");
    assertEquals(
        0,
        run("init", "pub", "--application=notes", "--root-key=ann.pub", "--channel-key=ann.pub")
            .code());
    assertEquals(0, run("add", "pub", ONE).code());
    assertEquals(0, run("sign", "pub/channel.json", "--key=ann.key").code());
    before = Files.readString(channel.resolve("channel.json"));
  }

  private FakeMachine.Ran run(String... args) {
    List<String> words = new ArrayList<>(List.of("channel"));
    words.addAll(List.of(args));
    return machine.run(words.toArray(String[]::new));
  }

  private void assertRefused(ExitCode code, String message, String fix, String... args)
      throws Exception {
    FakeMachine.Ran ran = run(args);
    String after = Files.readString(channel.resolve("channel.json"));
    assertAll(
        () -> assertEquals("spoolway: " + message + "\nFix: " + fix + "\n", ran.err()),
        () -> assertEquals("", ran.out()),
        () -> assertEquals(code.code(), ran.code()),
        () -> assertEquals(before, after),
        () -> assertEquals(0, run("check", "pub").code()));
  }

  private void assertUsage(String message, String fix, String... args) throws Exception {
    assertRefused(ExitCode.USAGE, message, fix, args);
  }

  @Test
  void aPartIsNamedAndSpelledRight() throws Exception {
    assertUsage(
        "cannot run `spoolway channel`: it was not said what to do",
        "Name one of init, add, ring, yank, renew, rotate, sign, check, as in"
            + " `spoolway channel check DIR`.");
    assertUsage(
        "cannot understand \"chekc\": `spoolway channel` has no such part",
        "Perhaps `spoolway channel check` is meant; `spoolway channel --help` shows how it is used.",
        "chekc",
        "pub");
    assertUsage(
        "cannot run `spoolway channel sign`: --key is missing",
        "`spoolway channel sign --help` shows how it is used.",
        "sign",
        "pub/channel.json");
  }

  @Test
  void aChannelIsBegunOnceAndWithKeys() throws Exception {
    assertUsage(
        "cannot begin a channel in " + channel + ": 1.root.json is there already",
        "Name another directory; `spoolway channel rotate` exchanges the keys of this one.",
        "init",
        "pub",
        "--application=notes",
        "--root-key=ann.pub",
        "--channel-key=ann.pub");
    assertUsage(
        "cannot begin a channel: it is not said whose word counts",
        "Give --root-key and --channel-key, each at least once; `minisign -G` makes keys.",
        "init",
        "new",
        "--application=notes",
        "--root-key=ann.pub");
    assertUsage(
        "cannot begin a channel of \"my notes\": no archive can be called so",
        "Name it with letters, digits, '_', '.', '+' and '-', a letter or digit first.",
        "init",
        "new",
        "--application=my notes",
        "--root-key=ann.pub",
        "--channel-key=ann.pub");
    assertFalse(Files.exists(directory.resolve("new")));
  }

  @Test
  void keysAreThoseOfDifferentPeopleAndPublic() throws Exception {
    assertUsage(
        "cannot use the key \"ann.key\": it is no public key of minisign, which is a line of 56"
            + " letters that begins with RW",
        "Name a minisign.pub, or give its second line; `minisign -G` makes one.",
        "rotate",
        "pub",
        "--root-key=ann.key");
    assertUsage(
        "cannot find the key " + directory.resolve("bob.pub") + ": there is no such file",
        "Name a file that `minisign -G` made.",
        "rotate",
        "pub",
        "--root-key=bob.pub");
    assertUsage(
        "cannot write 2.root.json: \"root.threshold\" is 2, not 1 to 1",
        NOTHING_CHANGED,
        "rotate",
        "pub",
        "--root-threshold=2");
    FakeMachine.Ran twice = run("rotate", "pub", "--root-key=ann.pub", "--root-key=ann.pub");
    assertEquals(ExitCode.USAGE.code(), twice.code());
    assertFalse(Files.exists(channel.resolve("2.root.json")), twice.err());
  }

  @Test
  void archivesAreArchivesOfTheApplication() throws Exception {
    Files.writeString(directory.resolve("wiki-1.0.0.zip"), "other");
    Files.writeString(directory.resolve("notes-1.0.0.zip"), "one, zipped");
    assertUsage(
        "cannot add "
            + directory.resolve("wiki-1.0.0.zip")
            + ": its name is not \"notes-{version}\" with a semantic version",
        "Name it so, or say its version with --version.",
        "add",
        "pub",
        "wiki-1.0.0.zip");
    assertUsage(
        "cannot add " + directory.resolve("ann.pub") + ": its name is no archive's",
        "Hosts take .tar.zst, .tar.xz, .tar.gz and .zip; `samples/release/publish` makes them.",
        "add",
        "pub",
        "ann.pub");
    assertUsage(
        "cannot add " + directory.resolve("notes-2.0.0.zip") + ": it is no file",
        "Name an archive that is there.",
        "add",
        "pub",
        "notes-2.0.0.zip");
    assertUsage(
        "cannot add 2 archives as 1.0.0: each has its own version",
        "Add them one by one, or leave --version out where the names tell it.",
        "add",
        "pub",
        ONE,
        "wiki-1.0.0.zip",
        "--version=1.0.0");
    assertRefused(
        ExitCode.FAILED,
        "cannot add notes-1.0.0.zip: version 1.0.0 is there with another content, as " + ONE,
        "Give it a version of its own: a version means the same for ever.",
        "add",
        "pub",
        "notes-1.0.0.zip");
  }

  @Test
  void whatIsSaidOfAReleaseCanBe() throws Exception {
    assertUsage(
        "cannot add a release with migrations of the kind \"expnad\"",
        "Name one of none, expand, any with --migrations.",
        "add",
        "pub",
        ONE,
        "--migrations=expnad");
    assertUsage(
        "cannot write channel.json: of 1.0.0 \"ring\" is \"101\"",
        NOTHING_CHANGED,
        "ring",
        "pub",
        "1.0.0",
        "101");
    assertRefused(
        ExitCode.NOT_FOUND,
        "cannot change version 2.0.0: channel.json does not have it",
        "Name one of 1.0.0.",
        "ring",
        "pub",
        "2.0.0",
        "5");
    assertUsage(
        "cannot yank 1.0.0: no reason is given",
        "Say with --reason what is wrong.",
        "yank",
        "pub",
        "1.0.0",
        "--reason= ");
    assertUsage(
        "cannot let it count for 4000 days",
        "Give 1 to 3650 with --days; it can be renewed at any time.",
        "renew",
        "pub",
        "--days=4000");
  }

  @Test
  void whatIsNoChannelIsSaidToBeNone() throws Exception {
    assertUsage(
        "cannot find the channel: there is no " + directory.resolve("nowhere/channel.json"),
        "Name the directory of a channel; `spoolway channel init` begins one.",
        "renew",
        "nowhere");
    assertUsage(
        "cannot find the channel: there is no " + directory.resolve("nowhere/1.root.json"),
        "Name the directory of a channel; `spoolway channel init` begins one.",
        "check",
        "nowhere");
    Path damaged = Files.createDirectories(directory.resolve("damaged"));
    Files.writeString(
        damaged.resolve("channel.json"), before.replace("\"counter\" : 2", "\"counter\" : 0"));
    assertUsage(
        "cannot use " + damaged.resolve("channel.json") + ": its counter is 0, not 1 or more",
        "Take back what was changed there by hand; `spoolway schema channel` prints the form.",
        "renew",
        "damaged");
    assertUsage(
        "cannot sign " + directory.resolve("nowhere") + ": it is no file",
        "Name a file that is there, such as DIR/channel.json.",
        "sign",
        "nowhere",
        "--key=ann.key");
  }
}
