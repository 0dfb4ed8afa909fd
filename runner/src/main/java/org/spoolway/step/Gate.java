package org.spoolway.step;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.spoolway.engine.Work;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Interruption;
import org.spoolway.host.Services;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/**
 * The proof of health: this release, and no other process, answers well. Asked again and again with
 * growing pauses until it passes, its process ends, or the time is over.
 */
final class Gate {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Candidate candidate;
  private final Duration timeout;

  /** Who is to pass. */
  interface Candidate {

    /** Asks it once how it is. */
    HealthProbe.Answer ask(Version version, Interruption interruption);

    /** How it has ended, for people; null as long as it runs. */
    @Nullable String death(Version version);

    /** What it printed last, unless that is in the job's log anyway. */
    String lastLines();
  }

  /** The gate of the live release. */
  Gate(Site site) {
    this(new LiveRelease(site), site.deployment().health().timeout());
  }

  /** The same gate for another candidate. */
  Gate(Candidate candidate, Duration timeout) {
    this.candidate = candidate;
    this.timeout = timeout;
  }

  /**
   * Waits until a version passes.
   *
   * @return what was observed
   * @throws ProblemException {@code GATE_FAILED}, {@code SERVICE_DIED}, {@code INTERRUPTED}
   */
  String await(Version version, Work work) throws ProblemException {
    return await(version, work, "cannot pass the gate: ");
  }

  /**
   * The same, of what has passed it before.
   *
   * @param failing how the message begins when it does not
   */
  String await(Version version, Work work, String failing) throws ProblemException {
    long end = System.nanoTime() + timeout.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      HealthProbe.Answer answer = candidate.ask(version, work.interruption());
      String death = candidate.death(version);
      if (death != null) {
        throw new ProblemException(
            Problem.SERVICE_DIED, failing + version + " does not run any more: " + death);
      }
      if (answer.passes()) {
        return answer.observed();
      }
      work.progress().at(null, answer.observed());
      if (System.nanoTime() - end >= 0) {
        throw failed(version, answer.observed(), work, failing);
      }
      if (work.interruption().await(pause)) {
        throw new ProblemException(
            Problem.INTERRUPTED, "cannot wait for " + version + ": it was asked to end");
      }
      Duration longer = pause.multipliedBy(3).dividedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
  }

  private ProblemException failed(Version version, String observed, Work work, String failing) {
    String lines = candidate.lastLines();
    if (!lines.isEmpty()) {
      work.say("the last lines of the service:\n" + lines);
    }
    return new ProblemException(
        Problem.GATE_FAILED,
        failing
            + version
            + " did not answer well within "
            + Durations.text(timeout)
            + "; the last answer was: "
            + observed);
  }

  /** What serves, whoever started it. */
  private record LiveRelease(Site site) implements Candidate {

    @Override
    public HealthProbe.Answer ask(Version version, Interruption interruption) {
      return site.ports().probe().ask(version, interruption);
    }

    @Override
    public @Nullable String death(Version version) {
      if (!site.hasService()) {
        return null;
      }
      Services.State state = site.ports().services().state();
      return state.running() && version.equals(state.version())
          ? null
          : state.detail() + "; its last lines:\n" + lastLines();
    }

    @Override
    public String lastLines() {
      return site.hasService() ? site.ports().services().lastLines() : "";
    }
  }
}
