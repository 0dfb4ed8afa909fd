package org.spoolway.host.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.Commands;
import org.spoolway.host.Output;
import org.spoolway.host.Services;
import org.spoolway.host.systemd.Systemctl.Reply;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.wording.Printable;

/**
 * A service that is made of units. Which release they serve is told by the invocation ids that
 * systemd gave them when this started them: a unit that died and was started again by systemd
 * itself, or by an administrator, does not pass for what was started here.
 */
public final class SystemdServices implements Services {

  private static final int LAST_LINES = 20;

  private final UnitSettings settings;
  private final Systemctl systemctl;

  /**
   * The units of one deployment.
   *
   * @param commands runs systemd's commands
   */
  public SystemdServices(Commands commands, UnitSettings settings) {
    this.settings = settings;
    this.systemctl = new Systemctl(commands, settings.state().path().toString());
  }

  @Override
  public State state() {
    Reply reply = show();
    List<UnitState> units = UnitState.parse(reply.text());
    if (!reply.succeeded() || units.size() != settings.units().size()) {
      return new State(false, null, "systemd does not tell: " + reply.observed());
    }
    boolean running = units.stream().allMatch(UnitState::isActive);
    if (!running) {
      return new State(
          false, null, describe(units.stream().filter(unit -> !unit.isActive()).toList()));
    }
    Optional<UnitsRecord> record = record();
    if (record.isPresent() && record.get().covers(units)) {
      return new State(true, record.get().version(), describe(units));
    }
    return new State(true, null, describe(units) + ", started by others");
  }

  private static String describe(List<UnitState> units) {
    return units.stream().map(UnitState::describe).collect(Collectors.joining(", "));
  }

  private Reply show() {
    List<String> arguments =
        new ArrayList<>(List.of("systemctl", "show", "--property=" + UnitState.PROPERTIES, "--"));
    arguments.addAll(settings.units());
    return systemctl.ask(arguments);
  }

  private Optional<UnitsRecord> record() {
    try {
      return UnitsRecord.load(settings.state().service());
    } catch (IOException unreadable) {
      // What is not known is treated as started by others: replaced, and never taken for healthy.
      return Optional.empty();
    }
  }

  @Override
  public void start(Version version, Output output) throws ProblemException {
    State before = state();
    if (before.running() && version.equals(before.version())) {
      return;
    }
    if (before.running() && before.version() != null) {
      throw cannotStart(version, before.version() + " still runs: " + before.detail());
    }
    replace(version, output);
  }

  @Override
  public void replace(Version version, Output output) throws ProblemException {
    liftHold(version);
    // The release that is left may have died so often that systemd would not start it again.
    systemctl.change("reset-failed", settings.units(), settings.startTimeout());
    freeSocket();
    Reply reply = change("start", settings.triggers(), settings.startTimeout());
    if (reply.succeeded()) {
      reply = change("restart", settings.services(), settings.startTimeout());
    }
    List<UnitState> units = UnitState.parse(show().text());
    if (!reply.succeeded() || !units.stream().allMatch(UnitState::isActive)) {
      fail(version, reply, units, output);
    }
    try {
      UnitsRecord.of(version, units).save(settings.state().service());
    } catch (IOException e) {
      throw new ProblemException(
          Problem.STORAGE_FAILED, "cannot record what serves " + version + ": " + e, e);
    }
    print(output, "units started: " + describe(units));
  }

  /** A socket cannot be opened for a service that runs without it, and has the port itself. */
  private void freeSocket() {
    List<UnitState> before = UnitState.parse(show().text());
    boolean isClosed =
        before.stream().anyMatch(u -> settings.triggers().contains(u.id()) && u.isDown());
    boolean serves =
        before.stream().anyMatch(u -> settings.services().contains(u.id()) && !u.isDown());
    if (isClosed && serves) {
      change("stop", settings.services(), settings.stopTimeout());
    }
  }

  /** Whoever starts them here has decided. */
  private void liftHold(Version version) throws ProblemException {
    try {
      Files.deleteIfExists(settings.hold());
    } catch (IOException e) {
      throw cannotStart(version, "the hold on its units cannot be lifted: " + e);
    }
  }

  private Reply change(String verb, List<String> units, Duration timeout) {
    return units.isEmpty()
        ? new Reply(new Commands.Exit.Status(0), "")
        : systemctl.change(verb, units, timeout);
  }

  /** What did not start goes, with all that did, so that nothing of it is left to serve. */
  private void fail(Version version, Reply reply, List<UnitState> units, Output output)
      throws ProblemException {
    List<UnitState> down = units.stream().filter(unit -> !unit.isActive()).toList();
    String lines = lastLines(down.stream().map(UnitState::id).toList());
    print(output, lines);
    String observed =
        down.isEmpty()
            ? reply.observed()
            : describe(down) + (reply.succeeded() ? "" : ": " + reply.observed());
    stop();
    throw cannotStart(version, observed + (lines.isEmpty() ? "" : "; the last lines:\n" + lines));
  }

  @Override
  public void stop() throws ProblemException {
    List<UnitState> before = UnitState.parse(show().text());
    if (!before.isEmpty() && before.stream().allMatch(UnitState::isDown)) {
      // While the host starts, stopping what is not up yet would cancel its start.
      forget();
      return;
    }
    Reply reply = systemctl.change("stop", settings.units(), settings.stopTimeout());
    if (reply.exit() instanceof Commands.Exit.TimedOut) {
      // Past its own time systemd would go on waiting; nothing may write while the data change.
      systemctl.kill(settings.services());
      reply = systemctl.change("stop", settings.units(), settings.stopTimeout());
    }
    List<UnitState> left =
        UnitState.parse(show().text()).stream().filter(unit -> !unit.isDown()).toList();
    if (!left.isEmpty()) {
      throw new ProblemException(
          Problem.SERVICE_STOP_FAILED,
          "cannot stop "
              + settings.deployment()
              + ": "
              + describe(left)
              + (reply.succeeded() ? "" : ": " + reply.observed()));
    }
    forget();
  }

  private void forget() throws ProblemException {
    try {
      DurableFiles.remove(settings.state().service());
    } catch (IOException e) {
      throw new ProblemException(
          Problem.STORAGE_FAILED, "cannot record that nothing serves: " + e, e);
    }
  }

  @Override
  public String lastLines() {
    return lastLines(settings.units());
  }

  private String lastLines(List<String> units) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "journalctl", "--quiet", "--no-pager", "--output=cat", "--lines=" + LAST_LINES));
    units.forEach(unit -> arguments.add("--unit=" + unit));
    Reply reply = systemctl.ask(arguments);
    return reply.succeeded() ? Printable.text(reply.text().strip()) : "";
  }

  private ProblemException cannotStart(Version version, String observed) {
    return new ProblemException(
        Problem.SERVICE_START_FAILED,
        "cannot start " + settings.deployment() + " " + version + ": " + observed,
        "Read the units' last lines in the job's log (`journalctl --unit="
            + settings.units().get(0)
            + "` has more), and correct the release or the unit.",
        null);
  }

  private static void print(Output output, String text) {
    if (!text.isEmpty()) {
      byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
      output.write(bytes, 0, bytes.length);
    }
  }
}
