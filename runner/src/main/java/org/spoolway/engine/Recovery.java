package org.spoolway.engine;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.engine.Step.Observation;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry;
import org.spoolway.journal.StepProgress;
import org.spoolway.lifecycle.Phase;
import org.spoolway.lifecycle.StepState;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Failure;

/**
 * Decides what a job that a crash cut short does next, and records the decision; {@link
 * Engine#carryOn} then carries it out. Reads the journal and the world, nothing else.
 */
public final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

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
    switch (progress.state().onRestart()) {
      case UNDO_AND_RETRY -> turnBack(job, progress, endedBy(progress));
      case UNDO_UNLESS_SWAPPED -> completeOrTurnBack(job, progress);
      case PROVE_AGAIN -> proveAgain(job, progress);
      case FINISH -> finish(job, progress);
      case UNDO_ON, REQUEUE, TELL -> {
        // The journal says it all: going on by it is the decision.
      }
      case SCAN, EXAMINE, TIDY ->
          throw new IllegalStateException("a job with a journal is not " + progress.state());
    }
  }

  private void completeOrTurnBack(Job job, JobProgress progress) throws IOException {
    if (changeIsPresent(job, progress)) {
      complete(job, progress);
      resume(job, progress);
    } else {
      turnBack(job, progress, Problem.INTERRUPTED);
    }
  }

  private void proveAgain(Job job, JobProgress progress) throws IOException {
    if (isWornOut(job, progress)) {
      Step step = job.plan().step(running(progress).orElseThrow());
      Failure failure = ended(job, progress, Problem.TOO_MANY_ATTEMPTS);
      job.journal().append(Retreat.entry(job, step, failure, true, now()));
    } else {
      resume(job, progress);
    }
  }

  private void finish(Job job, JobProgress progress) throws IOException {
    if (isWornOut(job, progress)) {
      giveUp(job, progress);
    }
  }

  private static Problem endedBy(JobProgress progress) {
    return progress.attempt() < JobProgress.MAX_ATTEMPTS
        ? Problem.INTERRUPTED
        : Problem.TOO_MANY_ATTEMPTS;
  }

  /**
   * Whether the step at work, of the proof or later, has been started as often as a job may be: it
   * may be what ends the runner. Nothing is tried again as a whole once it has come so far. A
   * runner that was asked to end and left off in order does not count.
   */
  private static boolean isWornOut(Job job, JobProgress progress) {
    Optional<String> step = running(progress).filter(name -> job.plan().find(name).isPresent());
    int starts = 0;
    for (JournalEntry entry : job.journal().entries()) {
      if (entry instanceof JournalEntry.Applying a && step.equals(Optional.of(a.step()))) {
        starts++;
      } else if (entry instanceof JournalEntry.LeftOff && starts > 0) {
        starts--;
      }
    }
    return starts >= JobProgress.MAX_ATTEMPTS;
  }

  private static Optional<String> running(JobProgress progress) {
    return progress.steps().stream()
        .filter(s -> s.state() == StepState.RUNNING)
        .map(StepProgress::name)
        .findFirst();
  }

  /** Whether all of the change is done but for the record of its last step. */
  private static boolean changeIsPresent(Job job, JobProgress progress) {
    List<StepProgress> open =
        progress.steps().stream().filter(s -> s.phase() == Phase.CHANGE && !s.isSettled()).toList();
    if (open.size() != 1 || !open.get(0).begun()) {
      return false;
    }
    try {
      return job.plan().step(open.get(0).name()).observe(job.facts()) == Observation.PRESENT;
    } catch (ProblemException | IOException unknown) {
      LOG.warn("cannot tell whether {} is done, so it goes back", open.get(0).name(), unknown);
    } catch (RuntimeException bug) {
      LOG.error("looking for step {} failed with a bug in Spoolway", open.get(0).name(), bug);
    }
    return false;
  }

  private void complete(Job job, JobProgress progress) throws IOException {
    for (StepProgress step : progress.steps()) {
      if (step.phase() == Phase.CHANGE && !step.isSettled()) {
        job.journal()
            .append(
                new JournalEntry.Applied(
                    now(), step.name(), Evidence.detail("found done after a restart")));
      }
    }
  }

  private void resume(Job job, JobProgress progress) throws IOException {
    List<StepProgress> proof =
        progress.steps().stream().filter(s -> s.phase() == Phase.PROOF).toList();
    Optional<StepProgress> first =
        proof.stream().filter(s -> !isServing(job, proof) || !s.isSettled()).findFirst();
    if (first.isPresent()) {
      job.journal().append(new JournalEntry.Resumed(now(), first.get().name()));
    }
  }

  /**
   * Whether users may have been let in, to be served while the next step watches. What they meet
   * then is for that step to judge, which knows what going back would take from them.
   */
  private static boolean isServing(Job job, List<StepProgress> proof) {
    for (int i = 1; i < proof.size(); i++) {
      StepProgress before = proof.get(i - 1);
      boolean watches =
          job.plan().find(proof.get(i).name()).map(Step::watches).orElse(proof.get(i).begun());
      if (watches && (before.begun() || before.isSettled())) {
        return true;
      }
    }
    return false;
  }

  private void turnBack(Job job, JobProgress progress, Problem kind) throws IOException {
    Failure failure = ended(job, progress, kind);
    job.journal().append(new JournalEntry.TurnedBack(now(), failure.step(), failure, true));
  }

  private void giveUp(Job job, JobProgress progress) throws IOException {
    String step = running(progress).orElseThrow();
    Failure failure = ended(job, progress, Problem.TOO_MANY_ATTEMPTS);
    job.journal().append(new JournalEntry.Noted(now(), step, failure));
  }

  private static Failure ended(Job job, JobProgress progress, Problem kind) {
    Optional<String> step = running(progress);
    String where = step.map(name -> "in " + name).orElse("between two steps");
    Failure failure =
        new ProblemException(
                kind,
                "cannot finish "
                    + job.request().action().wireName()
                    + ": the runner ended "
                    + where
                    + " at start "
                    + progress.attempt())
            .failure();
    return step.map(failure::in).orElse(failure);
  }

  private Instant now() {
    return clock.instant();
  }
}
