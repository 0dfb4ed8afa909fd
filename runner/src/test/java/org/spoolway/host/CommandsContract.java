package org.spoolway.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for all {@link Commands}. */
public abstract class CommandsContract {

  /** Where commands run. */
  @TempDir protected Path directory;

  /** The commands under test. */
  protected abstract Commands commands();

  /** A command that prints a text and exits with a status. */
  protected abstract List<String> printing(String text, int status);

  /** A command that never ends by itself. */
  protected abstract List<String> hanging();

  /** A command that cannot be started. */
  protected abstract List<String> missing();

  @Test
  void theExitStatusIsReported() {
    assertEquals(new Commands.Exit.Status(0), run(printing("", 0), new CapturedOutput()));
    assertEquals(new Commands.Exit.Status(3), run(printing("", 3), new CapturedOutput()));
  }

  @Test
  void whatItPrintsReachesTheOutput() {
    CapturedOutput output = new CapturedOutput();
    run(printing("hello", 0), output);
    assertEquals("hello", output.text());
  }

  @Test
  void aHangingCommandIsEndedAfterItsTimeout() {
    Duration timeout = Duration.ofMillis(200);
    Commands.Command command = command(hanging(), timeout);
    assertEquals(
        new Commands.Exit.TimedOut(timeout),
        commands().run(command, new CapturedOutput(), new Interruption()));
  }

  @Test
  void anInterruptionEndsItEarlyAndGivesItsCause() {
    Interruption interruption = new Interruption();
    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
        .execute(() -> interruption.request(Interruption.Cause.CANCEL));
    Commands.Command command = command(hanging(), Duration.ofMinutes(5));
    assertEquals(
        new Commands.Exit.Interrupted(Interruption.Cause.CANCEL),
        commands().run(command, new CapturedOutput(), interruption));
  }

  @Test
  void nothingIsStartedOnceTheEndWasAskedFor() {
    Interruption interruption = new Interruption();
    interruption.request(Interruption.Cause.SHUTDOWN);
    CapturedOutput output = new CapturedOutput();
    assertEquals(
        new Commands.Exit.Interrupted(Interruption.Cause.SHUTDOWN),
        commands().run(command(printing("x", 0), Duration.ofMinutes(5)), output, interruption));
    assertEquals("", output.text());
  }

  @Test
  void aCommandThatCannotBeStartedSaysWhy() {
    Commands.Exit exit = run(missing(), new CapturedOutput());
    assertFalse(assertInstanceOf(Commands.Exit.NotStarted.class, exit).why().isBlank());
  }

  @Test
  void aMarkThatNobodyCarriesHasNothingToEnd() {
    assertEquals(0, commands().endAll(directory.resolve("nobody").toString()));
  }

  private Commands.Exit run(List<String> arguments, Output output) {
    return commands().run(command(arguments, Duration.ofMinutes(5)), output, new Interruption());
  }

  private Commands.Command command(List<String> arguments, Duration timeout) {
    return new Commands.Command(
        arguments, directory, Map.of(), directory.toString(), timeout, null);
  }
}
