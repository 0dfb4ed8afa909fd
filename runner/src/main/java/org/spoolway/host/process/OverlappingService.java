package org.spoolway.host.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.Output;
import org.spoolway.host.Services;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/**
 * A service whose processes hand over to each other: the next one starts beside the one that serves
 * and is told which that is, so that it can take its socket; the old one ends when the new one has
 * proved itself, and stays when it has not. Each has a seat of its own: record, output, input. So
 * whoever ends one never takes the other for it.
 */
final class OverlappingService implements Services {

  private static final String MODE = "rw-------";
  private static final String SECOND = "second";

  private final ServiceSettings settings;
  private final Clock clock;
  private final Path seat;
  private volatile ProcessService first;
  private volatile ProcessService second;

  /**
   * The service of one deployment.
   *
   * @param clock tells when it was started
   */
  OverlappingService(ServiceSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.seat = settings.state().seat();
    this.first = new ProcessService(settings, clock);
    this.second = new ProcessService(settings.inSecondSeat(), clock);
  }

  @Override
  public State state() {
    try {
      return serving().state();
    } catch (IOException e) {
      return new State(false, null, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void start(Version version, Output output) throws ProblemException {
    try {
      State before = serving().state();
      if (!before.running() && version.equals(other().state().version())) {
        exchange();
      } else if (!before.running()) {
        successor(serving() == second).start(version, output);
      } else {
        serving().start(version, output);
      }
    } catch (IOException e) {
      throw untold(version, e);
    }
  }

  @Override
  public void replace(Version version, Output output) throws ProblemException {
    try {
      if (version.equals(other().state().version())) {
        exchange();
        other().stop();
        return;
      }
      other().stop();
      exchange();
    } catch (IOException e) {
      throw untold(version, e);
    }
    try {
      start(version, output);
    } catch (ProblemException e) {
      goBack(e);
      throw e;
    }
  }

  private void goBack(ProblemException failed) {
    try {
      exchange();
    } catch (IOException e) {
      failed.addSuppressed(e);
    }
  }

  @Override
  public void retire() throws ProblemException {
    try {
      other().stop();
    } catch (IOException e) {
      throw new ProblemException(Problem.STORAGE_FAILED, "cannot end what served before: " + e, e);
    }
  }

  @Override
  public void stop() throws ProblemException {
    second.stop();
    first.stop();
  }

  @Override
  public String lastLines() {
    try {
      return serving().lastLines();
    } catch (IOException e) {
      return "(" + e.getMessage() + ")";
    }
  }

  private ProcessService serving() throws IOException {
    return isSecond() ? second : first;
  }

  private ProcessService other() throws IOException {
    return isSecond() ? first : second;
  }

  private boolean isSecond() throws IOException {
    try {
      return Files.readString(seat).strip().equals(SECOND);
    } catch (NoSuchFileException never) {
      return false;
    }
  }

  /** The other seat is the one that counts from now on, also for the next runner. */
  private void exchange() throws IOException {
    String next = isSecond() ? "first" : SECOND;
    DurableFiles.replace(seat, (next + "\n").getBytes(StandardCharsets.UTF_8), MODE);
  }

  /** What is to be started in a seat, told of the process in the other one if that is alive. */
  private ProcessService successor(boolean inSecond) throws IOException {
    Optional<Long> predecessor = (inSecond ? first : second).pid();
    Map<String, String> told =
        predecessor.map(pid -> Map.of("SPOOLWAY_PREDECESSOR", pid.toString())).orElse(Map.of());
    ServiceSettings amended = settings.with(told);
    if (inSecond) {
      Files.createDirectories(settings.state().secondSeat().path());
      second = new ProcessService(amended.inSecondSeat(), clock);
      return second;
    }
    first = new ProcessService(amended, clock);
    return first;
  }

  private ProblemException untold(Version version, IOException e) {
    return new ProblemException(
        Problem.SERVICE_START_FAILED,
        "cannot start " + settings.deployment() + " " + version + ": " + e,
        Problem.STORAGE_FAILED.fix(),
        e);
  }
}
