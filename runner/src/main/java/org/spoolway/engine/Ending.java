package org.spoolway.engine;

import org.jspecify.annotations.Nullable;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.problem.Problem;
import org.spoolway.schema.Failure;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;

/**
 * How a job stands or ended: a pure function of its journal.
 *
 * @param outcome the state for its result
 * @param failure why it did not end as asked, or null
 */
public record Ending(Outcome outcome, @Nullable Failure failure) {

  /** The ending that a journal amounts to. */
  public static Ending of(Request request, JobProgress progress) {
    if (progress.undoFailure() != null) {
      return new Ending(Outcome.NEEDS_INTERVENTION, intervention(progress, progress.undoFailure()));
    }
    if (!progress.ended()) {
      boolean waiting = progress.attempt() == 0 || progress.retryable();
      return new Ending(waiting ? Outcome.QUEUED : Outcome.RUNNING, null);
    }
    if (progress.turnedBack() != null) {
      return new Ending(
          turnedBack(progress, progress.turnedBack().failure()), progress.turnedBack().failure());
    }
    if (progress.unproven() != null) {
      return new Ending(Outcome.NEEDS_INTERVENTION, progress.unproven());
    }
    if (progress.fact(Evidence.UNCHANGED).isPresent()) {
      return new Ending(Outcome.UNCHANGED, null);
    }
    return new Ending(request.dryRun() ? Outcome.PLANNED : Outcome.SUCCEEDED, null);
  }

  private static Outcome turnedBack(JobProgress progress, Failure failure) {
    if (failure.code().equals(Problem.CANCELLED.name())) {
      return Outcome.CANCELLED;
    }
    if (failure.code().equals(Problem.EXPIRED.name())) {
      return Outcome.EXPIRED;
    }
    return progress.noticeable() ? Outcome.ROLLED_BACK : Outcome.FAILED;
  }

  /** People must learn of both: what is stuck, and what led there. */
  private static Failure intervention(JobProgress progress, Failure undo) {
    String first =
        progress.turnedBack() == null
            ? ""
            : "; it went back because: " + progress.turnedBack().failure().message();
    return new Failure(
        Problem.UNDO_FAILED.name(),
        undo.step(),
        "cannot undo " + undo.step() + ": " + undo.message() + first,
        undo.fix() + " " + Problem.UNDO_FAILED.fix());
  }
}
