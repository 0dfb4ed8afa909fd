package org.spoolway.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.History;
import org.spoolway.durable.DurableFiles;
import org.spoolway.engine.Ending;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry;
import org.spoolway.journal.JournalFile;
import org.spoolway.layout.SpoolDir;
import org.spoolway.outbox.Notices;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.spool.Intake;
import org.spoolway.spool.JobQueue;
import org.spoolway.spool.QueuedJob;
import org.spoolway.spool.ResultStore;
import org.spoolway.step.Site;
import org.spoolway.upkeep.Budget;

/**
 * Where jobs end: history first, then what people are to be told, then the terminal result, which
 * is the one fact that ends a request, then journal and claim go. A crash in between repeats what
 * is missing and nothing else.
 */
final class Desk {

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  private final Site site;
  private final SpoolDir spool;
  private final ResultStore results;
  private final Intake intake;
  private final StatusBoard board;
  private final JobQueue queue;
  private final Budget budget;
  private final Notices notices;
  private final Clock clock;

  /** A job's turn may come while it is told that it waits; its end must be what is told last. */
  private final Object telling = new Object();

  Desk(
      Site site,
      SpoolDir spool,
      Intake intake,
      JobQueue queue,
      StatusBoard board,
      Budget budget,
      Notices notices) {
    this.site = site;
    this.spool = spool;
    this.results = new ResultStore(spool);
    this.intake = intake;
    this.queue = queue;
    this.board = board;
    this.budget = budget;
    this.notices = notices;
    this.clock = site.clock();
  }

  /** How a request stands, as last told. */
  Optional<Result> told(String origin, RequestId id) throws IOException {
    return results.find(origin, id);
  }

  /** Sets room aside for a job's end. */
  void reserve(QueuedJob job) throws IOException {
    results.reserve(job.accepted().origin());
  }

  /** Tells of a job that waits for its turn, unless that has come. */
  void tellWaiting(QueuedJob job) throws IOException {
    synchronized (telling) {
      if (queue.isWaiting(job)) {
        results.publish(report(job, JobProgress.of(List.of(job.accepted())), null));
      }
    }
  }

  /** Tells of a cancel that waits for the end of the job in hand. */
  void tellUnended(QueuedJob job, JobProgress progress) throws IOException {
    tell(report(job, progress, null));
  }

  private void tell(Result result) throws IOException {
    synchronized (telling) {
      results.publish(result);
    }
  }

  /** Tells of a job in hand. */
  void tellRunning(QueuedJob job, JobProgress progress, ResultReport.@Nullable Live live)
      throws IOException {
    Result result = report(job, progress, live);
    tell(result);
    board.runs(result, live == null ? null : live.step(), live == null ? null : live.fraction());
  }

  /** Tells a job's end and removes what it leaves; a job that is to be started again stays. */
  Result finish(QueuedJob job, JournalFile journal) throws IOException {
    JobProgress progress = journal.progress();
    Ending ending = Ending.of(job.request(), progress);
    Result result = report(job, progress, null);
    if (!ending.outcome().isTerminal()) {
      tell(result);
      board.ended(result);
      return result;
    }
    Optional<History.Entry> entry = HistoryEntries.of(job.request(), progress, result);
    if (entry.isPresent()) {
      site.history().add(entry.get());
    }
    notices.ended(result);
    board.ended(result);
    tell(result);
    takeAccount(result);
    if (progress.undoFailure() != null) {
      keepBroken(job.ticket());
      board.changed();
    }
    journal.close();
    tidy(job.ticket());
    return result;
  }

  private void takeAccount(Result result) throws IOException {
    String origin = result.origin();
    String id = result.id().value();
    budget.spend(origin, Files.size(spool.result(origin, id)));
    if (result.log() != null) {
      budget.spend(origin, Files.size(spool.log(origin, id)));
    }
  }

  /**
   * Keeps the journal of a told job whose undo failed, to go on with it; a restart completes this.
   * The claim goes first: one without a journal would be examined anew.
   */
  void keepBroken(String ticket) throws IOException {
    intake.forget(ticket);
    Files.move(site.state().journal(ticket), site.state().brokenJournal());
    DurableFiles.forceDirectory(site.state().path());
  }

  /** Tells of a job whose journal the disk has damaged. */
  void tellDamaged(QueuedJob job, String message) throws IOException {
    ProblemException problem = new ProblemException(Problem.JOURNAL_DAMAGED, message);
    JobProgress progress =
        JobProgress.of(
            List.of(
                job.accepted(),
                new JournalEntry.UndoFailed(clock.instant(), "journal", problem.failure())));
    Result result = report(job, progress, null);
    notices.ended(result);
    tell(result);
  }

  /**
   * Tells people that the undo of a job is complete whose result said that it had failed. Its
   * client has that result, which stays.
   */
  void tellRepaired(QueuedJob job, JobProgress progress, Instant at) throws IOException {
    Optional<Result> told = told(job.accepted().origin(), job.accepted().id());
    notices.repaired(told.isPresent() ? told.get() : report(job, progress, null), at);
  }

  /** Removes the journal and the claim of a job whose end is told. */
  void tidy(String ticket) throws IOException {
    intake.forget(ticket);
    Files.deleteIfExists(site.state().journal(ticket));
  }

  /** Ends a job whose time is over. */
  Result endExpired(QueuedJob job) throws IOException {
    return endBeforeStart(
        job,
        Problem.EXPIRED,
        "cannot start " + job.accepted().id() + ": it expired at " + job.request().expires());
  }

  /** Ends a job that never started. */
  Result endBeforeStart(QueuedJob job, Problem problem, String message) throws IOException {
    LOG.info("{}: {}", job.accepted().id(), message);
    JournalFile journal = JournalFile.open(site.state().journal(job.ticket()), job.accepted());
    journal.append(
        new JournalEntry.TurnedBack(
            clock.instant(), null, new ProblemException(problem, message).failure(), false));
    return finish(job, journal);
  }

  private Result report(QueuedJob job, JobProgress progress, ResultReport.@Nullable Live live) {
    String origin = job.accepted().origin();
    String id = job.accepted().id().value();
    String log = Files.exists(spool.log(origin, id)) ? spool.logReference(origin, id) : null;
    Result.Expected expected = Forecast.of(site, job.request(), progress).orElse(null);
    return ResultReport.of(site.deployment().name(), job, progress, log, live, expected);
  }
}
