package org.spoolway.engine;

import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.journal.JournalEntry;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Failure;

/**
 * What becomes of a job whose step has failed: it goes back, unless that would take away what
 * nobody said may go.
 */
final class Retreat {

  private static final Logger LOG = LoggerFactory.getLogger(Retreat.class);

  private Retreat() {}

  /**
   * The entry that says so.
   *
   * @param failure why it should go back
   * @param crashed whether the reason is that a runner died
   */
  static JournalEntry entry(Job job, Step step, Failure failure, boolean crashed, Instant at) {
    Optional<Failure> obstacle = obstacle(job, step);
    if (obstacle.isEmpty()) {
      return new JournalEntry.TurnedBack(at, step.name(), failure.in(step.name()), crashed);
    }
    Failure stays = obstacle.get();
    String message = stays.message() + "; it was to go back because: " + failure.message();
    LOG.warn("{}: {}", stays.code(), message);
    return new JournalEntry.Unproven(
        at, step.name(), new Failure(stays.code(), step.name(), message, stays.fix()));
  }

  private static Optional<Failure> obstacle(Job job, Step step) {
    try {
      step.requireWayBack(job.facts());
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.failure());
    } catch (RuntimeException bug) {
      LOG.error("asking {} for the way back failed with a bug in Spoolway", step.name(), bug);
      return Optional.of(
          new ProblemException(Problem.INTERNAL, "cannot tell what going back would lose: " + bug)
              .failure());
    }
  }
}
