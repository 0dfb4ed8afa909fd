package org.spoolway.step;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.supervision.Handover;

/**
 * Has this process replaced by one that runs the live release. Two processes carry it out: the one
 * asks for the next and leaves off; the next one, when it serves, finds that it is the release that
 * was asked for. A process that is not, and comes after the first, has been put back.
 */
final class HandOver implements Step {

  /** Until systemd asks this process to end, which it does as soon as it has the time. */
  private static final Duration ASKED = Duration.ofMinutes(1);

  private final Handover handover;
  private final Duration patience;

  HandOver(Site site) {
    this(site.ports().handover(), ASKED);
  }

  /**
   * @param patience how long this process may take to be asked to end
   */
  HandOver(Handover handover, Duration patience) {
    this.handover = handover;
    this.patience = patience;
  }

  @Override
  public String name() {
    return "start";
  }

  @Override
  public boolean needsService() {
    return true;
  }

  /** The end of this process is what it waits for, and no reason to go back. */
  @Override
  public boolean watches() {
    return true;
  }

  @Override
  public Decision decide(Facts facts) {
    return Decision.run("a new runner from release " + facts.to() + " takes over");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Version to = work.facts().to();
    work.interruption().check("hand over to " + to);
    boolean comesAfter = work.begunAt() != null;
    boolean isNext = handover.own().equals(Optional.of(to));
    boolean stays = work.facts().from().equals(Optional.of(to));
    if (isNext && (comesAfter || !stays)) {
      return Evidence.detail("this runner is " + to);
    } else if (comesAfter) {
      throw putBack(handover, to);
    }
    handover.replace();
    work.progress().at(null, "waiting for the runner of " + to);
    if (work.interruption().await(patience)) {
      throw work.interruption().ended("go on as " + to);
    }
    throw failed(to, "systemd did not replace this runner within " + Durations.text(patience));
  }

  /** What the runner before says once it is back. */
  static ProblemException putBack(Handover handover, Version to) throws IOException {
    return failed(to, handover.whyPutBack(to).orElse("the runner before it was started again"));
  }

  private static ProblemException failed(Version to, String observed) {
    return new ProblemException(
        Problem.SERVICE_START_FAILED,
        "cannot hand over to " + to + ": " + observed,
        "Read what its runner said: `journalctl --unit=spoolway`.",
        null);
  }

  /** Whoever undoes it is the release that stays. */
  @Override
  public void undo(Work work) {}
}
