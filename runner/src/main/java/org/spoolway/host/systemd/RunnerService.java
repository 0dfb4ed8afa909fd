package org.spoolway.host.systemd;

import java.io.IOException;
import java.util.Optional;
import org.spoolway.host.Output;
import org.spoolway.host.Services;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.supervision.Handover;

/**
 * The service that this very process is. It is replaced by a {@link Handover} and by nothing else.
 */
public final class RunnerService implements Services {

  private final Handover handover;
  private final long pid;

  /**
   * This process.
   *
   * @param handover knows which release it runs
   */
  public RunnerService(Handover handover, long pid) {
    this.handover = handover;
    this.pid = pid;
  }

  @Override
  public State state() {
    Optional<Version> own = handover.own();
    String what = own.map(version -> "of " + version).orElse("of the package");
    return new State(true, own.orElse(null), "this runner, process " + pid + " " + what);
  }

  @Override
  public void start(Version version, Output output) throws ProblemException {
    if (!handover.own().equals(Optional.of(version))) {
      throw new ProblemException(
          Problem.SERVICE_START_FAILED, "cannot have " + version + " serve: " + why(version));
    }
  }

  private String why(Version version) {
    try {
      return handover.whyPutBack(version).orElse("this runner is another release");
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Whoever works on ends by itself, when it is replaced. */
  @Override
  public void stop() {}

  @Override
  public String lastLines() {
    return "";
  }
}
