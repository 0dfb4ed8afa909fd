package org.spoolway.worker;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry;
import org.spoolway.journal.JournalFile;
import org.spoolway.lifecycle.JobState;
import org.spoolway.lifecycle.Phase;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.spool.JobQueue;
import org.spoolway.spool.QueuedJob;
import org.spoolway.step.Site;

/**
 * Carries out {@code cancel}, at once and out of turn: a queued request ends, a running one is
 * asked to and goes back step by step. What is already proving itself is let through.
 */
final class Cancellation {

  private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

  private static final String STEP = "cancel";

  /** So many may wait for the end of one job, which tells them all before the next one starts. */
  private static final int MOST_WISHES = 64;

  private final Site site;
  private final JobQueue queue;
  private final InHand inHand;
  private final Set<QueuedJob> wishes = ConcurrentHashMap.newKeySet();
  private final Desk desk;
  private final SequenceCounter sequences;
  private final Clock clock;

  Cancellation(Site site, JobQueue queue, InHand inHand, Desk desk, SequenceCounter sequences) {
    this.site = site;
    this.queue = queue;
    this.inHand = inHand;
    this.desk = desk;
    this.sequences = sequences;
    this.clock = site.clock();
  }

  /** A bug in one must not keep others from being taken in, and would meet it again. */
  void carryOutSafely(QueuedJob job) throws IOException {
    try {
      carryOut(job);
    } catch (RuntimeException bug) {
      LOG.error("cannot carry out {}", job.accepted().id(), bug);
      desk.endBeforeStart(job, Problem.INTERNAL, "cannot go on: " + bug);
    }
  }

  /** Carries out one request. */
  void carryOut(QueuedJob request) throws IOException {
    if (request.isExpired(clock.instant())) {
      desk.endExpired(request);
      return;
    }
    try (JournalFile journal =
        JournalFile.open(site.state().journal(request.ticket()), request.accepted())) {
      carryOut(request, journal);
    }
  }

  private void carryOut(QueuedJob request, JournalFile journal) throws IOException {
    JobProgress before = journal.progress();
    long sequence = before.sequence() == 0 ? sequences.next() : before.sequence();
    List<JournalEntry.PlannedStep> plan =
        List.of(new JournalEntry.PlannedStep(STEP, Phase.PREPARE, false));
    journal.append(
        new JournalEntry.Started(
            clock.instant(), before.attempt() + 1, sequence, Evidence.none(), plan));
    if (request.request().dryRun()) {
      journal.append(
          new JournalEntry.Foreseen(clock.instant(), STEP, "the request asks for it", null));
      desk.finish(request, journal);
      return;
    }
    journal.append(new JournalEntry.Applying(clock.instant(), STEP, "the request asks for it"));
    try {
      Optional<Evidence> done = cancel(request, journal.progress());
      if (done.isEmpty()) {
        return;
      }
      journal.append(new JournalEntry.Applied(clock.instant(), STEP, done.get()));
    } catch (ProblemException e) {
      journal.append(
          new JournalEntry.TurnedBack(clock.instant(), STEP, e.failure().in(STEP), false));
    }
    desk.finish(request, journal);
  }

  /**
   * Ends the requests that asked for the end of a job, now that it has come. Until then they are
   * open, so that after a crash they are carried out again.
   */
  void ended(QueuedJob job, Result end) throws IOException {
    if (end.state().isTerminal()) {
      for (QueuedJob request : wishes.stream().filter(wish -> isFor(job, wish)).toList()) {
        wishes.remove(request);
        end(request, end);
      }
    }
  }

  private void end(QueuedJob request, Result end) throws IOException {
    try (JournalFile journal =
        JournalFile.open(site.state().journal(request.ticket()), request.accepted())) {
      if (end.state() == Outcome.CANCELLED) {
        Evidence done = Evidence.detail(end.id() + " was running and is cancelled");
        journal.append(new JournalEntry.Applied(clock.instant(), STEP, done));
      } else {
        ProblemException late =
            new ProblemException(
                Problem.CANCEL_TOO_LATE,
                "cannot cancel " + end.id() + ": it ended as " + end.state().wireName());
        journal.append(
            new JournalEntry.TurnedBack(clock.instant(), STEP, late.failure().in(STEP), false));
      }
      desk.finish(request, journal);
    }
  }

  /** A recovery carries them out anew, from their journals. */
  void forgetWishes() {
    wishes.clear();
  }

  private static boolean isFor(QueuedJob job, QueuedJob wish) {
    return origin(wish).equals(job.accepted().origin())
        && job.accepted().id().equals(wish.request().parameters().id());
  }

  private static String origin(QueuedJob wish) {
    String named = wish.request().parameters().origin();
    return named == null ? wish.accepted().origin() : named;
  }

  /** What came of it, or nothing yet when the job is asked to end. */
  private Optional<Evidence> cancel(QueuedJob request, JobProgress progress)
      throws ProblemException, IOException {
    RequestId id = Objects.requireNonNull(request.request().parameters().id(), "was examined");
    String origin = origin(request);
    Optional<QueuedJob> queued = queue.remove(origin, id);
    if (queued.isPresent()) {
      desk.endBeforeStart(
          queued.get(),
          Problem.CANCELLED,
          "cannot start " + id + ": request " + request.accepted().id() + " cancelled it");
      return Optional.of(Evidence.detail(id + " was queued and is cancelled"));
    }
    // In this order: a job is told before it leaves the hand.
    Optional<QueuedJob> atWork = inHand.job(origin, id);
    Optional<Result> told = desk.told(origin, id);
    if (told.isEmpty() && atWork.isEmpty()) {
      throw new ProblemException(
          Problem.REQUEST_UNKNOWN,
          "cannot cancel " + id + ": origin " + origin + " has no such request");
    }
    if (told.isPresent() && told.get().state().isTerminal()) {
      String why = id + " has ended already: " + told.get().state().wireName();
      return Optional.of(Evidence.detail(why).with(Evidence.UNCHANGED, why));
    }
    askToEnd(request, progress, id, atWork);
    return Optional.empty();
  }

  /** Once it is known that somebody waits, the job's end may tell the cancel's at any moment. */
  private void askToEnd(
      QueuedJob request, JobProgress progress, RequestId id, Optional<QueuedJob> job)
      throws ProblemException, IOException {
    if (job.isPresent() && job.get().request().action() == Action.CANCEL) {
      throw new ProblemException(
          Problem.CANCEL_TOO_LATE, "cannot cancel " + id + ": it is a cancel, and at work");
    }
    if (job.isPresent() && isTooLate(job.get())) {
      throw new ProblemException(
          Problem.CANCEL_TOO_LATE, "cannot cancel " + id + ": the new release is live already");
    }
    if (wishes.size() >= MOST_WISHES) {
      throw new ProblemException(
          Problem.TOO_MANY_HELD,
          "cannot cancel " + id + ": " + MOST_WISHES + " requests wait for its end already");
    }
    desk.tellUnended(request, progress);
    wishes.add(request);
    if (inHand.cancel(origin(request), id).isEmpty() && wishes.remove(request)) {
      throw new ProblemException(Problem.CANCEL_TOO_LATE, "cannot cancel " + id + ": it is ending");
    }
  }

  private boolean isTooLate(QueuedJob job) throws IOException {
    try {
      JobState state = JobProgress.of(JournalFile.read(site.state().journal(job.ticket()))).state();
      return state == JobState.PROVING || state == JobState.SETTLING || state == JobState.ENDED;
    } catch (NoSuchFileException ended) {
      // Its end is told, and tells the cancel's.
      return false;
    }
  }
}
