package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
  }

  private void assertRefused(ExitCode code, String message, String fix, String... args) {
    FakeMachine.Ran ran = home.run(args);
    assertAll(
        () -> assertEquals("spoolway: " + message + "\nFix: " + fix + "\n", ran.err()),
        () -> assertEquals("", ran.out()),
        () -> assertEquals(code.code(), ran.code()));
  }

  private void assertUsage(String message, String fix, String... args) {
    assertRefused(ExitCode.USAGE, message, fix, args);
  }

  @Test
  void misspelledVerbIsToldTheNearest() {
    assertUsage(
        "cannot understand \"updaet\": there is no such verb",
        "Perhaps `spoolway update` is meant; `spoolway --help` shows how it is used.",
        "updaet",
        "notes");
  }

  @Test
  void foreignVerbIsToldWhereTheVerbsAre() {
    assertUsage(
        "cannot understand \"defenestrate\": there is no such verb",
        "`spoolway --help` shows how it is used.",
        "defenestrate");
  }

  @Test
  void withoutAVerbNothingIsDone() {
    assertUsage("cannot do anything: no verb was given", "`spoolway --help` lists all verbs.");
  }

  @Test
  void misspelledOptionIsToldTheNearest() {
    assertUsage(
        "cannot understand \"--dry-rnu\": `spoolway update` has no such option",
        "Perhaps `--dry-run` is meant; `spoolway update --help` shows how it is used.",
        "update",
        "notes",
        "--dry-rnu");
  }

  @Test
  void shortOptionForTheVersionIsToldTheLongOne() {
    assertUsage(
        "cannot understand \"-V\": `spoolway` has no such option",
        "Perhaps `--version` is meant; `spoolway --help` shows how it is used.",
        "-V");
  }

  @Test
  void versionForAVerbThatTakesNoneIsRefused() {
    assertUsage(
        "cannot use --version: `spoolway check` takes no version",
        "Leave it out; `spoolway update` and `spoolway rollback` take one.",
        "check",
        "notes",
        "--version",
        "1.1.0");
    assertUsage(
        "cannot use --version: `spoolway restart` takes no version",
        "Leave it out; `spoolway update` and `spoolway rollback` take one.",
        "restart",
        "--version=1.1.0",
        "notes");
  }

  @Test
  void optionThatACancelWouldNotHeedIsRefused() throws IOException {
    for (String option : List.of("--dry-run", "--plan=abc", "--not-before=+1h", "--expires=+1h")) {
      assertUsage(
          "cannot cancel with " + option.split("=", 2)[0] + ": a cancel is carried out at once",
          "Leave it out.",
          "enqueue",
          "notes",
          "cancel",
          "some-id",
          option);
    }
    assertFalse(Files.exists(home.spool().inbox("operator")));
  }

  @Test
  void whatLaterVersionsCanDoIsNotDroppedAndNotCalledMisspelt() {
    String notYet = "this version of Spoolway cannot do that yet";
    for (String action : List.of("hotfix", "modules")) {
      assertUsage(
          "cannot run `spoolway enqueue`: \"" + action + "\": " + notYet,
          "`spoolway enqueue --help` shows how it is used.",
          "enqueue",
          "notes",
          action);
    }
    assertUsage(
        "cannot run `spoolway modules`: " + notYet,
        "`spoolway --help` shows how it is used.",
        "modules",
        "notes");
  }

  @Test
  void wordThatIsNoActionIsToldAllThatAre() {
    assertUsage(
        "cannot run `spoolway enqueue`: \"xyzzy\" is no action;"
            + " there are check, update, rollback, restart, backup, restore, prune, cancel",
        "`spoolway enqueue --help` shows how it is used.",
        "enqueue",
        "notes",
        "xyzzy");
  }

  @Test
  void missingWordIsNamed() {
    assertUsage(
        "cannot run `spoolway restore`: SNAPSHOT is missing",
        "`spoolway restore --help` shows how it is used.",
        "restore",
        "notes");
  }

  @Test
  void wordTooManyIsNamed() {
    assertUsage(
        "cannot understand \"wiki\": `spoolway status` takes no more words",
        "`spoolway status --help` shows how it is used.",
        "status",
        "notes",
        "wiki");
  }

  @Test
  void whatIsNoVersionTimeIdOrActionIsShownOneThatIs() {
    assertAll(
        () -> assertMentions("one is such as 3.2.0", "update", "notes", "--version", "newest"),
        () -> assertMentions("or +2h30m", "update", "notes", "--not-before", "tomorrow"),
        () -> assertMentions("\"x\" is no count; one is such as 10", "history", "-n", "x"),
        () -> assertMentions("\"0\" is no count; one is such as 10", "history", "-n", "0"),
        () -> assertMentions("\"-3\" is no count", "history", "--last=-3"),
        () -> assertMentions("\"on\" is no way of noticing", "run", "--watch", "on"),
        () -> assertMentions("1 to 64 letters", "update", "notes", "--id", "../../etc"),
        () -> assertMentions("perhaps update is meant", "enqueue", "notes", "updat"),
        () -> assertMentions("there are check, update", "enqueue", "notes", "xyzzy"),
        () -> assertMentions("1 to 64 letters", "result", "a/b"),
        () -> assertMentions("1 to 64 letters", "enqueue", "notes", "cancel", "a/b"));
  }

  private void assertMentions(String text, String... args) {
    FakeMachine.Ran ran = home.run(args);
    assertEquals(ExitCode.USAGE.code(), ran.code());
    assertTrue(ran.err().startsWith("spoolway: cannot ") && ran.err().contains(text), ran.err());
  }

  @Test
  void unknownDeploymentIsNotFound() {
    assertRefused(
        ExitCode.NOT_FOUND,
        "cannot find deployment \"note\": it has no file in " + home.layout.deployments(),
        "Perhaps notes is meant. Name one of: notes.",
        "update",
        "note");
  }

  @Test
  void deploymentThatIsAPathIsNotFound() {
    assertEquals(ExitCode.NOT_FOUND.code(), home.run("status", "../deployments/notes").code());
  }

  @Test
  void homeWithoutDeploymentsSaysWhatToWrite() {
    Path empty = directory.resolve("empty");
    FakeMachine.Ran ran = home.run("status", "--home", "empty");
    assertEquals(ExitCode.NOT_FOUND.code(), ran.code());
    assertTrue(ran.err().contains(empty.resolve("etc/deployments").toString()), ran.err());
  }

  @Test
  void wrongDeploymentFileIsTheUsersToCorrect() throws IOException {
    home.deployment("wiki", "[biuld]\n");
    FakeMachine.Ran ran = home.run("plan", "wiki");
    assertEquals(ExitCode.USAGE.code(), ran.code());
    assertTrue(ran.err().contains("wiki.toml"), ran.err());
  }

  @Test
  void privilegedRunnerWithOriginsIsHeldToTheRulesOfAHost() throws IOException {
    home.deployment("wiki", "[build]\nrun = [[\"make\"]]\n" + Home.TWO_ORIGINS);
    home.machine.accounts = new FakeMachine.OneUser(4711);
    assertEquals(0, home.run("status", "wiki").code());
    assertEquals(0, home.run("run", "wiki", "--drain").code());
    home.machine.accounts = new FakeMachine.OneUser(0);
    FakeMachine.Ran ran = home.run("run", "wiki", "--drain");
    assertEquals(ExitCode.USAGE.code(), ran.code());
    assertTrue(ran.err().contains("\"build.user\" is missing"), ran.err());
    home.deployment("wiki", "[build]\nrun = [[\"make\"]]\n");
    assertEquals(0, home.run("run", "wiki", "--drain").code());
  }

  @Test
  void inboxMustBeChosenWhereThereAreSeveralAndNoOperator() throws IOException {
    home.deployment("wiki", Home.TWO_ORIGINS);
    assertUsage(
        "cannot choose an inbox of wiki: it has several",
        "Add --origin with one of: web, cron.",
        "enqueue",
        "wiki",
        "check");
    assertUsage(
        "cannot choose an inbox of wiki: it has no origin operator",
        "Add --origin with one of: web, cron.",
        "enqueue",
        "wiki",
        "check",
        "--origin",
        "operator");
  }

  @Test
  void wordsThatAnActionDoesNotTakeAreRefused() {
    assertUsage(
        "cannot backup 1.1.0: it takes no version",
        "Leave --version out; update and rollback take one.",
        "enqueue",
        "notes",
        "backup",
        "--version",
        "1.1.0");
    assertUsage(
        "cannot restore: the snapshot is missing",
        "Name one that `spoolway snapshots` lists: `spoolway restore DEPLOYMENT SNAPSHOT`.",
        "enqueue",
        "notes",
        "restore");
    assertUsage(
        "cannot cancel: the id is missing",
        "Name one that `spoolway queue` lists: `spoolway cancel ID`.",
        "enqueue",
        "notes",
        "cancel");
    assertUsage(
        "cannot understand \"1.1.0\": only restore and cancel take one more word",
        "Leave it out, or name a release with --version.",
        "enqueue",
        "notes",
        "update",
        "1.1.0");
    assertUsage(
        "cannot plan cancel: it has no steps",
        "Name one of check, update, rollback, restart, backup, restore, prune.",
        "plan",
        "notes",
        "cancel",
        "some-id");
  }
}
