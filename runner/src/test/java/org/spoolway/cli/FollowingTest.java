package org.spoolway.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.FakeCommands;
import org.spoolway.schema.Failure;
import org.spoolway.schema.Outcome;

class FollowingTest {

  private static final String BUILD = "[build]\nrun = [[\"make\"]]\n";
  private static final Failure FAILURE =
      new Failure("UNDO_FAILED", "swap", "cannot undo swap: the disk is full", "Free space.");

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
  }

  /** Runs a command while a runner works. */
  private FakeMachine.Ran beside(String... args) throws Exception {
    FakeMachine runner = home.machine.beside();
    CompletableFuture<Integer> ended =
        CompletableFuture.supplyAsync(() -> runner.run("run").code());
    try {
      return home.run(args);
    } finally {
      await().until(() -> runner.termination.get() != null);
      runner.termination.get().run();
      assertEquals(0, ended.get(20, TimeUnit.SECONDS), runner.errText());
    }
  }

  @Test
  void updateIsFollowedLineByLineToItsEnd() throws Exception {
    FakeMachine.Ran ran = beside("update", "notes", "--id", "first");
    assertAll(
        () -> assertEquals(0, ran.code()),
        () -> assertEquals("", ran.err()),
        () ->
            assertTrue(
                ran.out().startsWith("update notes: request first through operator\n"), ran.out()),
        () -> assertTrue(ran.out().contains("\nfetch: done in "), ran.out()),
        () ->
            assertTrue(
                ran.out().contains("\nverify: skipped, `source.trust` names no keys\n"), ran.out()),
        () -> assertTrue(ran.out().contains("\nsucceeded: notes 1.1.0 is installed"), ran.out()),
        () -> assertFalse(ran.out().contains("\u001b"), ran.out()));
  }

  @Test
  void nothingToDoIsOneSentence() throws Exception {
    home.run("enqueue", "notes", "update");
    home.drain();
    FakeMachine.Ran ran = beside("update", "notes");
    assertEquals(0, ran.code());
    assertTrue(ran.out().contains("unchanged: 1.1.0 is live"), ran.out());
    assertFalse(ran.out().contains("there is nothing to do"), ran.out());
  }

  @Test
  void failureEndsWithWhatHappenedAndWhatToDo() throws Exception {
    home.deployment("notes", BUILD);
    home.machine.commands.on("make", FakeCommands.printing("no rule\n", 2));
    FakeMachine.Ran ran = beside("update", "notes");
    assertAll(
        () -> assertEquals(ExitCode.FAILED.code(), ran.code()),
        () -> assertTrue(ran.out().contains("\nfailed: before users could notice"), ran.out()),
        () ->
            assertTrue(
                ran.err()
                    .startsWith(
                        "spoolway: cannot build 1.1.0 with `make`: it exited with status 2\nFix: "),
                ran.err()));
  }

  @Test
  void programsGetTheResultAloneOnStandardOutput() throws Exception {
    FakeMachine.Ran ran = beside("enqueue", "notes", "update", "--wait", "--json", "--dry-run");
    assertEquals(0, ran.code());
    assertTrue(ran.out().startsWith("{\n  \"schema\" : \"spoolway/result/v1\""), ran.out());
    assertTrue(ran.out().contains("\"state\" : \"planned\""), ran.out());
  }

  @Test
  void planOfADryRunIsToldInOrderWithItsHash() throws Exception {
    FakeMachine.Ran ran = beside("update", "notes", "--dry-run");
    assertEquals(0, ran.code());
    assertTrue(
        ran.out()
            .matches(
                "(?s).*\nfetch: planned, release 1.1.0 is not on this host yet\n"
                    + "verify: skipped, .*\nseal: planned, .*\nplanned: notes would do this;"
                    + " nothing was changed[^\n]*\nhash [0-9a-f]{64}\n"),
        ran.out());
  }

  @Test
  void onATerminalTheStepInHandIsShownInPlace() throws Exception {
    home.deployment("notes", BUILD);
    home.machine.terminal = true;
    home.machine.environment.put("NO_COLOR", "1");
    String drawnAgain = "\r\u001b[K  ▸ build";
    home.machine.commands.on(
        "make",
        (command, output, interruption) -> {
          await().until(() -> home.machine.outText().contains(drawnAgain));
          return new Exit.Status(0);
        });
    FakeMachine.Ran ran = beside("update", "notes");
    assertAll(
        () -> assertEquals(0, ran.code(), ran.err()),
        () -> assertTrue(ran.out().contains("\n  ✓ seal"), ran.out()),
        () -> assertFalse(ran.out().contains("\u001b[3"), ran.out()));
  }

  /** The runner sees another owner than the one who asks, as behind a file server. */
  @Test
  @Timeout(60)
  void requestThatIsRefusedUnreadEndsTheWait() throws Exception {
    home.deployment("notes", "[origins.web]\nowners = [\"4711\"]\nactions = [\"*\"]\n");
    home.machine.accounts = new FakeMachine.OneUser(4711);
    FakeMachine.Ran ran = beside("update", "notes", "--id", "first");
    assertAll(
        () -> assertEquals(ExitCode.REFUSED.code(), ran.code(), ran.err()),
        () -> assertTrue(ran.out().contains("\nrejected: it never became a job\n"), ran.out()),
        () -> assertTrue(ran.out().matches("(?s).*\nits result is \\d{19}-first\n"), ran.out()),
        () -> assertTrue(ran.err().contains("its owner ada is not one of origin web"), ran.err()));
  }

  @Test
  void withoutARunnerItSaysSoOnceAndWaits() throws Exception {
    CompletableFuture<FakeMachine.Ran> waiting =
        CompletableFuture.supplyAsync(() -> home.run("update", "notes", "--id", "first"));
    await().until(() -> home.machine.errText().contains("Fix: "));
    home.drain();
    FakeMachine.Ran ran = waiting.get(20, TimeUnit.SECONDS);
    assertEquals(0, ran.code());
    assertEquals(
        """
        spoolway: cannot go on yet: no runner works notes
        Fix: Start `spoolway run`; this waits for it.
        """,
        ran.err());
  }

  @Test
  void whileItsInboxIsNotServedItSaysWhyAndHowToMendIt() throws Exception {
    home.drain();
    Path status = home.spool().status();
    String told = Files.readString(status);
    String spoiled =
        told.replaceFirst(
            "\"unserved\" : \\{ *}",
            "\"unserved\" : {\"operator\" : {\"message\" : \"it is open\", \"fix\" : \"Close it.\"}}");
    assertNotEquals(told, spoiled);
    Files.writeString(status, spoiled);
    CompletableFuture<FakeMachine.Ran> waiting =
        CompletableFuture.supplyAsync(() -> home.run("update", "notes", "--id", "first"));
    await().until(() -> home.machine.errText().contains("it is open\nFix: Close it.\n"));
    home.drain();
    assertEquals(0, waiting.get(20, TimeUnit.SECONDS).code());
  }

  @Test
  void whilePausedItSaysHowToGoOn() throws Exception {
    home.run("pause", "notes");
    CompletableFuture<FakeMachine.Ran> waiting =
        CompletableFuture.supplyAsync(() -> home.run("update", "notes", "--id", "first"));
    await().until(() -> home.machine.errText().contains("spoolway resume notes"));
    home.machine.beside().run("resume", "notes");
    home.drain();
    assertEquals(0, waiting.get(20, TimeUnit.SECONDS).code());
  }

  @Test
  void eachEndHasItsExitCode() throws Exception {
    assertAll(
        () -> assertEnd(3, Outcome.NEEDS_INTERVENTION, "needs intervention: an undo failed"),
        () -> assertEnd(4, Outcome.REJECTED, "rejected: it never became a job"),
        () -> assertEnd(4, Outcome.CANCELLED, "cancelled: it was taken back"),
        () -> assertEnd(4, Outcome.EXPIRED, "expired: its time was over"),
        () -> assertEnd(1, Outcome.ROLLED_BACK, "rolled back: everything is as before, 1.0.0"));
  }

  /** Nothing failed to be undone: nobody tried, since it would have taken data away. */
  @Test
  void whatStaysThoughUnhealthySaysSo() throws Exception {
    Failure stays =
        new Failure("ROLLBACK_WOULD_LOSE", "bake", "cannot go back to 1.0.0: no", "Ask for it.");
    home.tell(Home.update("stays", Outcome.NEEDS_INTERVENTION, stays));
    FakeMachine.Ran ran = home.run("update", "notes", "--id", "stays");
    assertEquals(3, ran.code());
    String words = "needs intervention: 1.1.0 turned unhealthy and stays, and people are needed";
    assertTrue(ran.out().contains("\n" + words), ran.out());
    assertEquals("spoolway: cannot go back to 1.0.0: no\nFix: Ask for it.\n", ran.err());
  }

  private void assertEnd(int code, Outcome end, String words) throws IOException {
    home.tell(Home.update(end.wireName(), end, FAILURE));
    FakeMachine.Ran ran = home.run("update", "notes", "--id", end.wireName());
    assertEquals(code, ran.code());
    assertTrue(ran.out().contains("\n" + words), ran.out());
    assertEquals("spoolway: cannot undo swap: the disk is full\nFix: Free space.\n", ran.err());
  }

  @Test
  void whatAResultQuotesCannotCommandTheTerminal() throws Exception {
    home.machine.terminal = true;
    home.tell(
        Home.update(
            "evil",
            Outcome.FAILED,
            new Failure("BUILD_FAILED", "build", "cannot build: \u001b]0;x\u0007", "\u009b2J"),
            Home.step("build", "failed", "\u001b[2Jline\nsecond")));
    FakeMachine.Ran ran = home.run("update", "notes", "--id", "evil");
    String all = ran.out() + ran.err();
    assertAll(
        () -> assertFalse(all.contains("\u001b[2J"), all),
        () -> assertFalse(all.contains("\u001b]"), all),
        () -> assertFalse(all.contains("\u009b"), all),
        () -> assertTrue(all.contains("\\u001b[2Jline"), all));
  }
}
