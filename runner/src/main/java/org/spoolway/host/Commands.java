package org.spoolway.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.ProblemException;

/** Runs the commands of a deployment file. */
public interface Commands {

  /**
   * Runs a command to its end, in a session of its own, with nothing to read, standard output and
   * error joined. When this returns no process of the command's tree is left, however it ended.
   *
   * @param output gets everything it prints, live
   * @param interruption ends it early
   */
  Exit run(Command command, Output output, Interruption interruption);

  /**
   * Ends at once every process that a command of this mark left behind, also one that a runner
   * which was killed had started. Returns when they are gone; one that the kernel does not end
   * within ten seconds is only logged.
   *
   * @return how many there were
   */
  int endAll(String mark);

  /**
   * The same for whoever is about to change what such a process may be writing to: waits longer,
   * and does not go on beside one.
   *
   * @throws ProblemException {@code COMMAND_NOT_ENDED} when one was killed and is there all the
   *     same
   */
  void requireAllEnded(String mark) throws ProblemException;

  /**
   * One command.
   *
   * @param arguments program and arguments, never a shell line; a program with a slash is taken
   *     relative to the directory
   * @param directory the working directory
   * @param environment what is set on top of the runner's own environment
   * @param mark the deployment's state directory, by which strays are found again: it is in the
   *     environment of the whole tree as {@code SPOOLWAY_STATE_DIRECTORY}, and its file {@code
   *     commands.stdin} is what they have as standard input
   * @param timeout after which the whole tree is killed
   * @param user whom to run it as, or null for the runner's own user
   * @param confinement what it may reach, where the host can enforce that; null for all that its
   *     user may
   */
  record Command(
      List<String> arguments,
      Path directory,
      Map<String, String> environment,
      String mark,
      Duration timeout,
      @Nullable String user,
      @Nullable Confinement confinement) {

    /** One that may reach all that its user may. */
    public Command(
        List<String> arguments,
        Path directory,
        Map<String, String> environment,
        String mark,
        Duration timeout,
        @Nullable String user) {
      this(arguments, directory, environment, mark, timeout, user, null);
    }

    /** The same command with a confinement. */
    public Command confinedTo(Confinement confinement) {
      return new Command(arguments, directory, environment, mark, timeout, user, confinement);
    }

    /** The arguments as a person would read them. */
    public String display() {
      return String.join(" ", arguments);
    }
  }

  /**
   * What a command may reach and use; what its user may not, it may not either.
   *
   * @param writable the only directories that it can write, besides its cache and temporary files
   *     of its own; they exist
   * @param hidden what it cannot even look at
   * @param cache the name, below the host's directory of caches, of what it keeps from one run to
   *     the next, which is its home too; null for none
   * @param network what it reaches over the network
   * @param limits what it may use of the host; null for as much as anybody
   */
  record Confinement(
      List<Path> writable,
      List<Path> hidden,
      @Nullable String cache,
      Network network,
      @Nullable Limits limits) {}

  /** What a command reaches over the network. */
  enum Network {
    /** What the host reaches. */
    HOST,
    /** Nothing, not even the host itself. */
    NONE
  }

  /**
   * How much of the host a command may use.
   *
   * @param memory bytes of it and of all that it starts
   * @param tasks processes and threads at a time
   * @param weight its part of processors and disks when they are short, where 100 is anybody's
   */
  record Limits(long memory, int tasks, int weight) {}

  /** How a command ended. */
  sealed interface Exit {
    /** By itself, with this exit status (128 plus the number for a signal). */
    record Status(int code) implements Exit {}

    /** It was killed after the timeout. */
    record TimedOut(Duration after) implements Exit {}

    /** It was killed because it, or what it started, used more memory than this many bytes. */
    record OutOfMemory(long limit) implements Exit {}

    /** It was killed because its end was asked for. */
    record Interrupted(Interruption.Cause cause) implements Exit {}

    /** It never ran. */
    record NotStarted(String why) implements Exit {}
  }
}
