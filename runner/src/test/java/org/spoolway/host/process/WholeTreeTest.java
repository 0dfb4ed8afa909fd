package org.spoolway.host.process;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.CapturedOutput;
import org.spoolway.host.Commands;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** That no process of a command outlives it, however it ends and whatever it starts. */
final class WholeTreeTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(500);

  @TempDir private Path directory;
  @TempDir private Path state;
  private final CapturedOutput output = new CapturedOutput();
  private final ProcessCommands commands = new ProcessCommands();

  @Test
  void aTimeoutKillsChildrenGrandchildrenAndDaemons() {
    Exit exit =
        run(
            """
            sleep 1000 & echo $!
            setsid sleep 1000 & echo $!
            (setsid sh -c 'sleep 1000 & echo $!; exit' &)
            (setsid sh -c 'setsid sh -c "trap \\"\\" TERM; sleep 1000; sleep 1000" & echo $!' &)
            sleep 1000
            """,
            SHORT);
    assertInstanceOf(Exit.TimedOut.class, exit);
    assertAllEnded(4);
  }

  @Test
  void aDaemonThatClearsItsEnvironmentIsKilledAsADescendant() {
    assertInstanceOf(Exit.TimedOut.class, run("env -i setsid sleep 1000 & echo $!; wait", SHORT));
    assertAllEnded(1);
  }

  @Test
  void aDaemonThatClearsItsEnvironmentAndLosesItsParentIsKilledAsAHolderOfThePipe() {
    assertEquals(
        new Exit.Status(0), run("(env -i setsid sh -c 'echo $$; sleep 1000' &)\nsleep 0.2", LONG));
    assertAllEnded(1);
  }

  @Test
  void aBackgroundChildThatHoldsThePipeDoesNotHoldTheRunner() {
    assertTimeout(
        Duration.ofSeconds(20),
        () -> assertEquals(new Exit.Status(7), run("sleep 1000 & echo $!; exit 7", LONG)));
    assertAllEnded(1);
  }

  @Test
  void evenOneThatHidesAndKeepsThePipeUnderAnotherNumberDoesNotHoldTheRunner() throws IOException {
    String hidden = "exec 9>&1 >hidden 2>&1; echo $$; exec sleep 1000";
    try {
      assertTimeout(
          Duration.ofSeconds(20),
          () ->
              assertEquals(
                  new Exit.Status(0),
                  run("(env -i setsid sh -c '" + hidden + "' &)\nsleep 0.2", LONG)));
    } finally {
      ProcessHandle.of(hidden()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void aBackgroundChildThatFloodsThePipeIsKilled() {
    assertTimeout(
        Duration.ofSeconds(20),
        () -> assertEquals(new Exit.Status(0), run("echo $$; yes & exit 0", LONG)));
    assertEquals(List.of(), Marked.job(mark()).living());
  }

  @Test
  void daemonsThatKeepStartingOthersAreAllKilled() {
    run(
        """
        cat > breed <<'END'
        setsid sh breed &
        exec sleep 0.05
        END
        setsid sh breed &
        sleep 0.3
        """,
        LONG);
    assertEquals(List.of(), Marked.job(mark()).living());
  }

  @Test
  void itIsAskedToEndBeforeItIsKilled() {
    Exit exit = run("trap 'echo cleaned; exit 0' TERM; sleep 1000 & wait", SHORT);
    assertInstanceOf(Exit.TimedOut.class, exit);
    assertEquals("cleaned\n", output.text());
  }

  @Test
  void oneThatDoesNotListenIsKilledAfterTheGrace() {
    long start = System.nanoTime();
    Exit exit = run("trap '' TERM; echo $$; while :; do sleep 1000; done", SHORT);
    assertInstanceOf(Exit.TimedOut.class, exit);
    assertAllEnded(1);
    assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() >= 2500);
  }

  @Test
  void anInterruptionKillsTheTreeToo() {
    Interruption interruption = new Interruption();
    CompletableFuture.delayedExecutor(SHORT.toMillis(), MILLISECONDS)
        .execute(() -> interruption.request(Interruption.Cause.SHUTDOWN));
    Exit exit =
        commands.run(
            command("setsid sleep 1000 & echo $!; sleep 1000", LONG), output, interruption);
    assertEquals(new Exit.Interrupted(Interruption.Cause.SHUTDOWN), exit);
    assertAllEnded(1);
  }

  @Test
  void anInterruptionAtTheVeryStartHarmsNobodyElse() {
    for (int i = 0; i < 50; i++) {
      Interruption interruption = new Interruption();
      CompletableFuture<Void> request =
          CompletableFuture.runAsync(() -> interruption.request(Interruption.Cause.CANCEL));
      commands.run(command("sleep 1000", LONG), output, interruption);
      request.join();
    }
    assertEquals(List.of(), Marked.job(mark()).living());
  }

  @Test
  void straysOfARunnerThatWasKilledAreEndedByTheirMark() throws IOException {
    String script = "setsid sleep 1000 & (sleep 1000 &) ; exec sleep 1000";
    Process runner = Starter.fork("command", directory.toString(), mark(), script);
    try {
      await().until(() -> Marked.job(mark()).living().size() >= 3);
    } finally {
      runner.destroyForcibly();
    }
    await().until(() -> !runner.isAlive());
    assertEquals(0, commands.endAll(mark() + "-of-another-job"));
    await().until(() -> Marked.job(mark()).living().size() == 3);
    assertEquals(3, commands.endAll(mark()));
    assertEquals(List.of(), Marked.job(mark()).living());
    assertEquals(0, commands.endAll(mark()));
  }

  @Test
  void aStrayThatAShellGaveNothingToReadIsEndedByThePipeOfTheOthers() throws IOException {
    leave("(env -i setsid sh -c 'echo $$ > hidden; exec sleep 1000' &)");
    assertTrue(commands.endAll(mark()) > 0);
    assertFalse(Marked.isAlive(hidden()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env -i setsid -f sh -c 'echo $$ > hidden; exec sleep 1000'; exec sleep 1000",
        "exec env -i setsid -w sh -c 'echo $$ > hidden; exec sleep 1000'",
        "(env -i setsid -f sh -c 'echo $$ > hidden; exec sleep 1000' > file 2>&1)"
      })
  void aStrayWithoutMarkSessionOrParentIsEndedByItsInput(String script) throws IOException {
    leave(script);
    long hidden = hidden();
    assertTrue(Marked.isAlive(hidden));
    assertEquals(0, commands.endAll(directory.toString()));
    assertTrue(Marked.isAlive(hidden));
    assertTrue(commands.endAll(mark()) > 0);
    assertFalse(Marked.isAlive(hidden));
  }

  @Test
  void aStrayIsEndedByItsInputAlsoAfterThatWasReplaced() throws IOException {
    leave("env -i setsid -f sh -c 'echo $$ > hidden; exec sleep 1000'");
    Path input = new StateDir(state).commandInput();
    Files.delete(input);
    Files.writeString(input, "not empty");
    assertEquals(new Exit.Status(0), run("wc -c", LONG));
    assertEquals("0\n", output.text());
    assertTrue(commands.endAll(mark()) > 0);
    assertFalse(Marked.isAlive(hidden()));
  }

  @Test
  void whoeverMustNotGoOnBesideAStrayDoesNot() throws Exception {
    leave("exec sleep 1000");
    ProcessTable sleeping =
        new ProcessTable() {
          @Override
          void kill(ProcessEntry entry) {
            // As for one that waits in the kernel for a disk.
          }
        };
    Commands helpless = new ProcessCommands(new Launcher(), sleeping, SHORT);
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> helpless.requireAllEnded(mark()));
    assertEquals(Problem.COMMAND_NOT_ENDED, refusal.problem());
    assertTrue(refusal.getMessage().contains("processes [" + hidden() + "]"), refusal::toString);
    commands.requireAllEnded(mark());
    assertFalse(Marked.isAlive(hidden()));
  }

  @Test
  void whoeverReadsTheSameFromElsewhereIsLeftAlone() throws IOException {
    leave("exec sleep 1000");
    Path input = new StateDir(state).commandInput();
    Process reader =
        new ProcessBuilder("tail", "-f", input.toString())
            .redirectInput(new File("/dev/null"))
            .start();
    try {
      assertEquals(1, commands.endAll(mark()));
      assertTrue(reader.isAlive());
    } finally {
      reader.destroyForcibly();
    }
  }

  /** Runs a script until it has begun for good, and kills its runner. */
  private void leave(String script) throws IOException {
    String begun = script.contains("hidden") ? script : "echo $$ > hidden; " + script;
    Process runner = Starter.fork("command", directory.toString(), mark(), begun + "; sleep 1000");
    try {
      await().until(() -> Files.exists(directory.resolve("hidden")) && hidden() > 0);
    } finally {
      runner.destroyForcibly();
    }
    await().until(() -> !runner.isAlive());
  }

  private long hidden() throws IOException {
    String pid = Files.readString(directory.resolve("hidden")).strip();
    return pid.isEmpty() ? 0 : Long.parseLong(pid);
  }

  private String mark() {
    return state.toString();
  }

  private Exit run(String script, Duration timeout) {
    return commands.run(command(script, timeout), output, new Interruption());
  }

  private Command command(String script, Duration timeout) {
    return new Command(List.of("sh", "-c", script), directory, Map.of(), mark(), timeout, null);
  }

  private void assertAllEnded(int printed) {
    // A shell may still get to say that a child of its was killed.
    List<Long> pids =
        output.text().lines().filter(line -> line.matches("\\d+")).map(Long::valueOf).toList();
    assertEquals(printed, pids.size());
    pids.forEach(pid -> assertFalse(Marked.isAlive(pid), () -> pid + " is alive"));
    assertEquals(List.of(), Marked.job(mark()).living());
  }
}
