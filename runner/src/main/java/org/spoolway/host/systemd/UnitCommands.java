package org.spoolway.host.systemd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.host.Accounts;
import org.spoolway.host.Commands;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Commands that have a confinement as transient units of systemd, one at a time for each
 * deployment; others as before.
 *
 * <p>The unit is of type {@code oneshot}: of the others systemd takes death by SIGTERM for success.
 * One that succeeded is forgotten by systemd at once; one that failed is kept until it was asked
 * how. The unit's name follows from the deployment's, so that a later runner finds it. {@code
 * systemd-run} itself carries the mark and is ended first, and what it has asked for by then is
 * known to systemd before what is asked afterwards, because both go over the same bus.
 */
public final class UnitCommands implements Commands {

  private static final Logger LOG = LoggerFactory.getLogger(UnitCommands.class);

  /** Long enough for a unit to be stopped, killed and waited for. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Otherwise root's requests take a shorter way than those of {@code systemd-run}. */
  private static final Map<String, String> OVER_THE_BUS = Map.of("SYSTEMCTL_FORCE_BUS", "1");

  private final Commands direct;
  private final Accounts accounts;
  private final List<Path> hidden;
  private final Map<String, String> environment;

  /**
   * Commands of a runner that is root.
   *
   * @param direct runs the tools of systemd, and what has no confinement
   * @param hidden what no confined command of any deployment can look at
   * @param environment this process's own, of which a unit inherits a part
   */
  public UnitCommands(
      Commands direct, Accounts accounts, List<Path> hidden, Map<String, String> environment) {
    this.direct = direct;
    this.accounts = accounts;
    this.hidden = List.copyOf(hidden);
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Exit run(Command command, Output output, Interruption interruption) {
    Confinement confinement = command.confinement();
    if (confinement == null) {
      return direct.run(command, output, interruption);
    }
    Optional<String> why =
        Feasibility.of(command, environment.getOrDefault("PATH", "")).whyNot(accounts);
    if (why.isPresent() && !interruption.requested()) {
      return new Exit.NotStarted(why.get());
    }
    UnitRequest request = new UnitRequest(command, confinement, hidden, environment.keySet());
    LastLine said = new LastLine(output);
    Exit exit = direct.run(request.command(), said, interruption);
    return exit.equals(new Exit.Status(0)) ? exit : ended(command, request, exit, said);
  }

  /** How a command ended that did not succeed; leaves nothing of its unit. */
  private Exit ended(Command command, UnitRequest request, Exit exit, LastLine said) {
    Optional<TransientUnitState> state =
        exit instanceof Exit.Status ? state(command.mark()) : Optional.empty();
    end(command.mark());
    if (!(exit instanceof Exit.Status)) {
      return exit;
    }
    if (state.isEmpty() || !state.get().isOf(request.description())) {
      return new Exit.NotStarted("systemd started no unit for it: " + said.text());
    }
    return state.get().exit(command).orElse(exit);
  }

  @Override
  public int endAll(String mark) {
    int ended = direct.endAll(mark);
    if (!mayHaveRun(mark)) {
      return ended;
    }
    Optional<TransientUnitState> state = state(mark);
    if (state.isEmpty()) {
      LOG.error("cannot ask systemd what a job of {} left behind; going on", mark);
      return ended;
    }
    if (!state.get().isLoaded()) {
      return ended;
    }
    end(mark);
    return ended + (state.get().isEnded() ? 0 : 1);
  }

  @Override
  public void requireAllEnded(String mark) throws ProblemException {
    direct.requireAllEnded(mark);
    if (!mayHaveRun(mark)) {
      return;
    }
    end(mark);
    boolean ended = state(mark).map(TransientUnitState::isEnded).orElse(false);
    if (!ended) {
      throw new ProblemException(
          Problem.COMMAND_NOT_ENDED,
          "cannot end what a command left behind: the unit "
              + UnitRequest.unit(mark)
              + " was stopped and is still there, or systemd does not answer");
    }
  }

  /** What a command has as standard input lies in that directory. */
  private static boolean mayHaveRun(String mark) {
    return Files.isDirectory(Path.of(mark));
  }

  private Optional<TransientUnitState> state(String mark) {
    Text answer = new Text();
    String unit = UnitRequest.unit(mark);
    List<String> question =
        List.of("systemctl", "show", "--property=" + TransientUnitState.PROPERTIES, unit);
    Exit exit = ask(question, mark, answer);
    return exit.equals(new Exit.Status(0))
        ? Optional.of(TransientUnitState.parse(answer.text()))
        : Optional.empty();
  }

  /** Kills the unit's whole tree if there is any, and has systemd forget how it ended. */
  private void end(String mark) {
    String unit = UnitRequest.unit(mark);
    for (String verb : List.of("stop", "reset-failed")) {
      Text answer = new Text();
      Exit exit = ask(List.of("systemctl", verb, unit), mark, answer);
      LOG.debug("systemctl {} {}: {} {}", verb, unit, exit, answer.text());
    }
  }

  private Exit ask(List<String> arguments, String mark, Output answer) {
    Command command = new Command(arguments, Path.of("/"), OVER_THE_BUS, mark, PATIENCE, null);
    return direct.run(command, answer, new Interruption());
  }
}
