package org.spoolway.engine;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry;
import org.spoolway.journal.StepProgress;
import org.spoolway.lifecycle.OnRestart;
import org.spoolway.lifecycle.Phase;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Failure;

/**
 * Decides what a job that a crash cut short does next, and records the decision; {@link Engine#carryOn}
 * then carries it out. Reads the journal and the world, nothing else.
 */
public final class Recovery {

  private final Clock clock;

  /** A recovery that reads the wall clock only to date entries. */
  public Recovery(Clock clock) {
    this.clock = clock;
  }

  /**
   * Decides for one job.
   *
   * @throws IOException when the decision cannot be recorded
   */
  public void decide(Job job) throws IOException {
    JobProgress progress = job.journal().progress();
    OnRestart rule = progress.state().onRestart();
    if (rule == OnRestart.UNDO_AND_RETRY) {
      turnBack(job, progress);
    } else if (rule == OnRestart.PROVE_AGAIN) {
      resume(job, progress);
    } else if (rule == OnRestart.UNDO_UNLESS_SWAPPED) {
      if (cutoverIsPresent(job, progress)) {
        complete(job, progress);
        resume(job, progress);
      } else {
        turnBack(job, progress);
      }
    }
  }

  /** Whether all of the cutover is done but for the record of its last step. */
  private static boolean cutoverIsPresent(Job job, JobProgress progress) {
    List<StepProgress> open =
        progress.steps().stream()
            .filter(s -> s.phase() == Phase.CUTOVER && !s.isSettled())
            .toList();
    if (open.size() != 1 || !open.get(0).begun()) {
      return false;
    }
    try {
      return job.plan().step(open.get(0).name()).observe(job.facts()) == Observation.PRESENT;
    } catch (ProblemException | IOException unknown) {
      return false;
    }
  }

  private void complete(Job job, JobProgress progress) throws IOException {
    for (StepProgress step : progress.steps()) {
      if (step.phase() == Phase.CUTOVER && !step.isSettled()) {
        job.journal().append(new JournalEntry.Applied(now(), step.name(), Evidence.detail("found done after a restart")));
      }
    }
  }

  private void resume(Job job, JobProgress progress) throws IOException {
    Optional<String> first =
        progress.steps().stream()
            .filter(s -> s.phase() == Phase.PROOF)
            .map(StepProgress::name)
            .findFirst();
    if (first.isPresent()) {
      job.journal().append(new JournalEntry.Resumed(now(), first.get()));
    }
  }

  private void turnBack(Job job, JobProgress progress) throws IOException {
    String step =
        progress.steps().stream()
            .filter(s -> s.begun() && !s.isSettled())
            .map(StepProgress::name)
            .findFirst()
            .orElse(null);
    String where = step == null ? "between two steps" : "in " + step;
    Problem kind =
        progress.attempt() >= JobProgress.MAX_ATTEMPTS && !progress.noticeable()
            ? Problem.TOO_MANY_ATTEMPTS
            : Problem.INTERRUPTED;
    Failure failure =
        new ProblemException(kind, "the runner ended " + where + " at start " + progress.attempt()).failure();
    Failure placed = step == null ? failure : failure.in(step);
    job.journal().append(new JournalEntry.TurnedBack(now(), step, placed, true));
  }

  private Instant now() {
    return clock.instant();
  }
}
