package org.spoolway.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.spoolway.engine.Ending;
import org.spoolway.engine.Engine;
import org.spoolway.engine.Job;
import org.spoolway.engine.Recovery;
import org.spoolway.host.Interruption;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalFile;
import org.spoolway.layout.SpoolDir;
import org.spoolway.plan.Planner;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;
import org.spoolway.schema.Version;
import org.spoolway.spool.QueuedJob;
import org.spoolway.step.Site;

/** Carries one job out, from its journal to its result, whether it is new or was cut short. */
final class JobRunner {

  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final String LOG_TAG = "job";

  private final Site site;
  private final SpoolDir spool;
  private final Planner planner;
  private final Desk desk;
  private final SequenceCounter sequences;
  private final JournalWrapper wrapper;
  private final Clock clock;
  private final InHand inHand;
  private final ScheduledExecutorService timer;
  private @Nullable QueuedJob leftOff;

  JobRunner(
      Site site,
      SpoolDir spool,
      Planner planner,
      Desk desk,
      SequenceCounter sequences,
      JournalWrapper wrapper,
      InHand inHand,
      ScheduledExecutorService timer) {
    this.site = site;
    this.spool = spool;
    this.planner = planner;
    this.desk = desk;
    this.sequences = sequences;
    this.wrapper = wrapper;
    this.clock = site.clock();
    this.inHand = inHand;
    this.timer = timer;
  }

  /**
   * Runs a job that waited.
   *
   * @return its result, which is not terminal when the runner ends first
   * @throws IOException when its journal or its result cannot be written; it then stays as a crash
   *     would leave it
   */
  Result run(QueuedJob job) throws IOException {
    boolean goesOn = isLeftOff(job);
    leftOff = null;
    if (!goesOn && job.isExpired(clock.instant())) {
      return desk.endExpired(job);
    }
    return carry(job, Start.NEW);
  }

  /**
   * The job that an earlier runner had begun, if it is to be gone on with now that requests are
   * taken in: before any other, also while an operator holds the queue.
   */
  Optional<QueuedJob> leftOff() {
    return Optional.ofNullable(leftOff);
  }

  /**
   * Brings a job that was cut short to a decision. One that may be started again is not: it waits
   * for its turn, since nothing else is done before all decisions are taken. Nor does one go on
   * that watches what users are served by: it is {@link #leftOff}.
   */
  Result recover(QueuedJob job, Worker.Repair repair) throws IOException {
    try {
      Result result =
          carry(
              job,
              repair == Worker.Repair.LEAVE_TO_RUNNER ? Start.BEFORE_SERVICES : Start.AFTER_CRASH);
      if (result.state() == Outcome.RUNNING) {
        leftOff = job;
      } else if (isLeftOff(job)) {
        leftOff = null;
      }
      return result;
    } finally {
      inHand.end();
    }
  }

  private boolean isLeftOff(QueuedJob job) {
    return leftOff != null && leftOff.ticket().equals(job.ticket());
  }

  private enum Start {
    NEW,
    AFTER_CRASH,
    BEFORE_SERVICES
  }

  private Result carry(QueuedJob queued, Start start) throws IOException {
    MDC.put(LOG_TAG, queued.accepted().id().value());
    Path file = site.state().journal(queued.ticket());
    try (JournalFile journal =
        start == Start.NEW ? JournalFile.open(file, queued.accepted()) : JournalFile.resume(file)) {
      execute(queued, journal, start);
      if (Ending.of(queued.request(), journal.progress()).outcome().isTerminal()) {
        // Whatever is told of it, nobody may put anything back afterwards.
        settle();
      }
      Result result = desk.finish(queued, journal);
      LOG.info("{} {}", result.state().wireName(), describe(result));
      return result;
    } finally {
      MDC.remove(LOG_TAG);
    }
  }

  private void execute(QueuedJob queued, JournalFile journal, Start start) throws IOException {
    Interruption interruption = inHand.begin(queued);
    try (JobLog log = log(queued);
        LiveResult live = new LiveResult(queued, desk, timer)) {
      Job job = job(queued, journal, log);
      Engine engine = new Engine(clock, live);
      if (start != Start.NEW) {
        new Recovery(clock).decide(job);
      }
      switch (start) {
        case NEW -> go(queued, job, engine, interruption);
        case AFTER_CRASH -> engine.carryOnUntilItWatches(job);
        case BEFORE_SERVICES -> engine.carryOnBeforeServices(job, interruption);
      }
    }
  }

  private void settle() throws IOException {
    try {
      site.ports().handover().settle();
    } catch (ProblemException e) {
      LOG.error("{}; Fix: {}", e.getMessage(), e.fix());
    }
  }

  /** Starts it as often as it may be started, unless somebody asked for an end. */
  private void go(QueuedJob queued, Job job, Engine engine, Interruption interruption)
      throws IOException {
    JobProgress progress = job.journal().progress();
    if (progress.attempt() > 0) {
      progress = engine.carryOn(job, interruption);
    }
    while ((progress.attempt() == 0 || progress.retryable())
        && interruption.cause() != Interruption.Cause.SHUTDOWN) {
      desk.reserve(queued);
      long sequence = progress.sequence() == 0 ? sequences.next() : progress.sequence();
      engine.start(job, sequence, site.known());
      LOG.info(
          "{} {}, start {}",
          queued.request().action().wireName(),
          site.deployment().name(),
          progress.attempt() + 1);
      progress = engine.carryOn(job, interruption);
    }
  }

  private Job job(QueuedJob queued, JournalFile journal, JobLog log) {
    return new Job(
        queued.request(), planner.plan(queued.request().action()), wrapper.wrap(journal), log);
  }

  private JobLog log(QueuedJob job) {
    return new JobLog(spool.log(job.accepted().origin(), job.accepted().id().value()));
  }

  private static String describe(Result result) {
    if (result.error() != null) {
      return result.error().code() + " " + result.error().message();
    }
    return Stream.of(result.from(), result.to())
        .filter(Objects::nonNull)
        .distinct()
        .map(Version::text)
        .collect(Collectors.joining(" -> "));
  }
}
