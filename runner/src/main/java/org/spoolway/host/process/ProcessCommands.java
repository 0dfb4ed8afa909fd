package org.spoolway.host.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.host.Commands;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Commands as processes of this host, each in a session of its own. A timeout or an interruption
 * asks the whole tree to end, and kills it two seconds later; what a command leaves behind when it
 * ends by itself is killed at once.
 */
public final class ProcessCommands implements Commands {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessCommands.class);

  private static final Duration GRACE = Duration.ofSeconds(2);

  /** A process that was killed may still have to finish a write to a slow disk. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ProcessTable table;
  private final Duration patience;
  private final NameService names = new NameService();
  private final Launcher launcher;

  /** Commands that inherit this process's environment, but for what names its home or a job. */
  public ProcessCommands() {
    this(new Launcher());
  }

  ProcessCommands(Launcher launcher) {
    this(launcher, new ProcessTable(), PATIENCE);
  }

  /**
   * One for tests.
   *
   * @param patience how long {@link #requireAllEnded} waits for those that were killed
   */
  ProcessCommands(Launcher launcher, ProcessTable table, Duration patience) {
    this.launcher = launcher;
    this.table = table;
    this.patience = patience;
  }

  @Override
  public Exit run(Command command, Output output, Interruption interruption) {
    Interruption.Cause early = interruption.cause();
    if (early != null) {
      return new Exit.Interrupted(early);
    }
    Process process;
    try {
      process = prepare(command).start();
    } catch (Unstartable | IOException e) {
      return new Exit.NotStarted(String.valueOf(e.getMessage()));
    }
    ProcessTree tree = ProcessTree.ofChild(table, Signs.ofCommands(command.mark()), process.pid());
    OutputDrain drain = OutputDrain.start(process, output);
    Exit exit = await(process, command.timeout(), interruption);
    if (!(exit instanceof Exit.Status)) {
      tree.terminate(GRACE);
    }
    List<ProcessEntry> left = tree.kill();
    if (!left.isEmpty()) {
      drain.write("spoolway: cannot kill what it left behind: processes " + pids(left) + "\n");
    }
    drain.finish(GRACE);
    return exit;
  }

  @Override
  public int endAll(String mark) {
    ProcessTree tree = ProcessTree.of(table, Signs.ofCommands(mark));
    List<ProcessEntry> left = tree.kill();
    if (!left.isEmpty()) {
      LOG.error(
          "cannot kill what a job of {} left behind: processes {}; going on", mark, pids(left));
    }
    return tree.size();
  }

  @Override
  public void requireAllEnded(String mark) throws ProblemException {
    List<ProcessEntry> left = ProcessTree.of(table, Signs.ofCommands(mark)).kill(patience);
    if (!left.isEmpty()) {
      throw new ProblemException(
          Problem.COMMAND_NOT_ENDED,
          "cannot end what a command left behind: processes "
              + pids(left)
              + " were killed and are still there");
    }
  }

  private ProcessBuilder prepare(Command command) throws Unstartable {
    Map<String, String> environment = new HashMap<>(command.environment());
    environment.put(Launcher.MARK, command.mark());
    RunAs account = RunAs.user(command.user(), HostAccounts.effectiveUid(), names);
    return launcher
        .prepare(command.arguments(), command.directory(), environment, account)
        .redirectInput(NoInput.from(new StateDir(Path.of(command.mark())).commandInput()));
  }

  /** What ends first: the process by itself, the time it has, or the wish that it go on. */
  private static Exit await(Process process, Duration timeout, Interruption interruption) {
    CompletableFuture<Process> exit = process.onExit();
    CompletableFuture<Void> elapsed =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, Polling.nanos(timeout), TimeUnit.NANOSECONDS);
    CompletableFuture.anyOf(exit, interruption.signal(), elapsed).join();
    // Otherwise its timer would live on for the whole timeout.
    elapsed.complete(null);
    if (exit.isDone()) {
      return new Exit.Status(process.exitValue());
    }
    Interruption.Cause cause = interruption.cause();
    return cause != null ? new Exit.Interrupted(cause) : new Exit.TimedOut(timeout);
  }

  private static List<Long> pids(List<ProcessEntry> entries) {
    return entries.stream().map(ProcessEntry::pid).toList();
  }
}
