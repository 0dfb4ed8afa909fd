package org.spoolway.host;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Commands that only pretend. What one does is scripted by its first argument; without a script it
 * succeeds and prints nothing. All that is asked is recorded. Any thread may ask and look.
 */
public final class FakeCommands implements Commands {

  /** What a command does. */
  @FunctionalInterface
  public interface Effect {

    /** Does it, and says how it ended. */
    Exit run(Command command, Output output, Interruption interruption);
  }

  private final Map<String, Effect> effects = new ConcurrentHashMap<>();
  private final List<Command> ran = new CopyOnWriteArrayList<>();
  private final List<String> endedMarks = new CopyOnWriteArrayList<>();
  private volatile boolean immortal;

  /** Scripts how a program ends. */
  public FakeCommands on(String program, Exit exit) {
    return on(program, (command, output, interruption) -> exit);
  }

  /** Scripts what a program does. */
  public FakeCommands on(String program, Effect effect) {
    effects.put(program, effect);
    return this;
  }

  /** A program that prints a text and exits. */
  public static Effect printing(String text, int status) {
    return (command, output, interruption) -> {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      output.write(bytes, 0, bytes.length);
      return new Exit.Status(status);
    };
  }

  /** A program that does nothing until it is interrupted or its time is up. */
  public static Effect hanging() {
    return (command, output, interruption) -> {
      interruption.await(command.timeout());
      Interruption.Cause cause = interruption.cause();
      return cause == null ? new Exit.TimedOut(command.timeout()) : new Exit.Interrupted(cause);
    };
  }

  /** Every command that was started, in order. */
  public List<Command> ran() {
    return List.copyOf(ran);
  }

  /** The marks whose strays were to be ended, in order. */
  public List<String> endedMarks() {
    return List.copyOf(endedMarks);
  }

  @Override
  public Exit run(Command command, Output output, Interruption interruption) {
    Interruption.Cause early = interruption.cause();
    if (early != null) {
      return new Exit.Interrupted(early);
    }
    ran.add(command);
    Effect effect = effects.getOrDefault(command.arguments().get(0), printing("", 0));
    return effect.run(command, output, interruption);
  }

  /** Whether what a command left behind cannot be ended. */
  public void setImmortal(boolean immortal) {
    this.immortal = immortal;
  }

  @Override
  public void requireAllEnded(String mark) throws ProblemException {
    endedMarks.add(mark);
    if (immortal) {
      throw new ProblemException(Problem.COMMAND_NOT_ENDED, "cannot end what a command left");
    }
  }

  @Override
  public int endAll(String mark) {
    endedMarks.add(mark);
    return 0;
  }
}
