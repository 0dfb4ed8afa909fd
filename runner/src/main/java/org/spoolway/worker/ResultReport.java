package org.spoolway.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.spoolway.engine.Ending;
import org.spoolway.engine.Facts;
import org.spoolway.engine.PlanHash;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.StepProgress;
import org.spoolway.lifecycle.StepState;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;
import org.spoolway.schema.Version;
import org.spoolway.spool.QueuedJob;

/**
 * The result that a job's journal amounts to: pure, so that it is the same before and after a
 * crash.
 */
public final class ResultReport {

  private ResultReport() {}

  /** How far the step in hand is; not in the journal, since it is worth nothing after a crash. */
  public record Live(String step, @Nullable Double fraction, String detail) {}

  /**
   * The result of a job as it stands.
   *
   * @param log the log's place below the spool, or null when nothing was logged
   * @param live how far the step in hand is, or null
   * @param expected what carrying it out would cost, or null when it is not a plan
   */
  public static Result of(
      String deployment,
      QueuedJob job,
      JobProgress progress,
      @Nullable String log,
      @Nullable Live live,
      Result.@Nullable Expected expected) {
    Ending ending = Ending.of(job.request(), progress);
    Facts facts = Facts.of(job.request(), progress);
    return new Result(
        Result.SCHEMA,
        job.accepted().id(),
        job.accepted().origin(),
        deployment,
        job.request().action(),
        ending.outcome(),
        version(progress, Evidence.FROM),
        target(job, progress),
        job.request().dryRun(),
        job.request().requestedBy(),
        job.accepted().owner(),
        job.request().reason(),
        progress.attempt(),
        progress.sequence() == 0 ? null : progress.sequence(),
        new Result.Order(job.accepted().orderTime(), job.accepted().name()),
        job.accepted().sha256(),
        ending.outcome() == Outcome.PLANNED ? PlanHash.of(facts, progress) : null,
        snapshot(progress),
        job.accepted().submittedAt(),
        job.accepted().at(),
        job.request().notBefore(),
        ending.outcome().isTerminal() ? progress.lastAt() : null,
        Downtime.of(progress),
        progress.steps().stream().map(step -> step(step, progress, live)).toList(),
        List.of(),
        ending.failure(),
        log,
        expected);
  }

  /** The snapshot that was made or used; one that was taken in vain is gone again. */
  private static @Nullable String snapshot(JobProgress progress) {
    return progress.turnedBack() != null
        ? null
        : progress.fact(Evidence.SNAPSHOT).or(() -> progress.fact(Evidence.RESTORES)).orElse(null);
  }

  private static @Nullable Version version(JobProgress progress, String fact) {
    return progress.fact(fact).map(Version::new).orElse(null);
  }

  private static @Nullable Version target(QueuedJob job, JobProgress progress) {
    Version resolved = version(progress, Evidence.TO);
    return resolved != null ? resolved : job.request().parameters().version();
  }

  private static Result.Step step(StepProgress step, JobProgress progress, @Nullable Live live) {
    boolean inHand =
        live != null && live.step().equals(step.name()) && step.state() == StepState.RUNNING;
    Double fraction = step.state() == StepState.DONE ? Double.valueOf(1.0) : null;
    boolean unchanged =
        step.state() == StepState.PLANNED && progress.fact(Evidence.UNCHANGED).isPresent();
    return new Result.Step(
        step.name(),
        unchanged ? StepState.SKIPPED.wireName() : step.state().wireName(),
        unchanged ? "there is nothing to do" : why(step, progress),
        step.startedAt(),
        millis(step.startedAt(), step.endedAt()),
        inHand ? Objects.requireNonNull(live).fraction() : fraction,
        inHand ? Objects.requireNonNull(live).detail() : step.detail());
  }

  /** A step gives its reason when its turn comes, since that may depend on those before it. */
  private static String why(StepProgress step, JobProgress progress) {
    if (step.state() != StepState.PLANNED || !step.why().isEmpty()) {
      return step.why();
    }
    return progress.turnedBack() == null ? "its turn has not come" : "it was not reached";
  }

  private static @Nullable Long millis(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null ? null : Math.max(0, Duration.between(from, to).toMillis());
  }
}
