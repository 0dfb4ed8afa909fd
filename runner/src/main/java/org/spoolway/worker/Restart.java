package org.spoolway.worker;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.DurableFiles;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry.Accepted;
import org.spoolway.journal.JournalFile;
import org.spoolway.lifecycle.JobState;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;
import org.spoolway.spool.Intake;
import org.spoolway.spool.QueuedJob;
import org.spoolway.spool.ResultStore;
import org.spoolway.step.Site;

/**
 * What a runner does before anything else: it looks at each journal and does what the table of
 * lives says.
 */
final class Restart {

  private static final Logger LOG = LoggerFactory.getLogger(Restart.class);

  private final Site site;
  private final Intake intake;
  private final ResultStore results;
  private final Desk desk;
  private final JobRunner runner;
  private final BrokenUndo brokenUndo;
  private final Admission admission;

  /** Where jobs that wait go. */
  @FunctionalInterface
  interface Admission {
    /** Queues a job, telling of it. */
    void admit(QueuedJob job);
  }

  Restart(
      Site site,
      Intake intake,
      ResultStore results,
      Desk desk,
      JobRunner runner,
      BrokenUndo brokenUndo,
      Admission admission) {
    this.site = site;
    this.intake = intake;
    this.results = results;
    this.desk = desk;
    this.runner = runner;
    this.brokenUndo = brokenUndo;
    this.admission = admission;
  }

  /**
   * Brings everything that an earlier runner left to a decision; only then may the application be
   * started.
   *
   * @param repair what to do about an undo that has failed
   */
  Worker.Recovered run(Worker.Repair repair) throws IOException {
    int strays = site.ports().commands().endAll(site.mark());
    if (strays > 0) {
      LOG.warn("ended {} processes that a job of an earlier runner had left", strays);
    }
    forceClaims();
    keepToldBrokenJournals();
    boolean wasBroken = isBroken();
    boolean unbroken = repair == Worker.Repair.LEAVE_TO_RUNNER ? !wasBroken : brokenUndo.repair();
    List<Result> carried = new ArrayList<>();
    List<QueuedJob> waiting = new ArrayList<>();
    for (String ticket : tickets()) {
      take(ticket, unbroken ? repair : null, waiting).ifPresent(carried::add);
    }
    waiting.forEach(admission::admit);
    intake.adopt();
    return new Worker.Recovered(
        List.copyOf(carried), wasBroken && unbroken, BrokenUndo.look(site.state()));
  }

  /**
   * An earlier runner may have died, or met a failing disk, between taking requests in or telling
   * their ends and making that durable.
   */
  private void forceClaims() throws IOException {
    DurableFiles.forceDirectory(site.state().journals());
    for (String origin : site.deployment().origins().keySet()) {
      intake.forceInbox(origin);
      results.force(origin);
    }
  }

  /** A runner that died between telling of a failed undo and putting its journal by. */
  private void keepToldBrokenJournals() throws IOException {
    for (String ticket : tickets()) {
      Optional<JobProgress> progress = readable(ticket);
      if (progress.isPresent() && progress.get().state() == JobState.BROKEN) {
        Accepted accepted = progress.get().accepted();
        if (results.isTold(accepted.origin(), accepted.id())) {
          desk.keepBroken(ticket);
        }
      }
    }
  }

  private Optional<JobProgress> readable(String ticket) throws IOException {
    try {
      return Optional.of(JobProgress.of(JournalFile.read(site.state().journal(ticket))));
    } catch (JournalFile.Damaged e) {
      putAside(ticket, e);
      return Optional.empty();
    }
  }

  private boolean isBroken() {
    return BrokenUndo.isIn(site.state());
  }

  private List<String> tickets() throws IOException {
    List<String> tickets = new ArrayList<>();
    try (DirectoryStream<Path> journals = Files.newDirectoryStream(site.state().journals())) {
      for (Path journal : journals) {
        if (JournalFile.isJournal(journal)) {
          tickets.add(journal.getFileName().toString());
        }
      }
    }
    Collections.sort(tickets);
    return tickets;
  }

  /**
   * @param repair how far to go, or null when nothing may be done beside an undo that fails
   */
  private Optional<Result> take(
      String ticket, Worker.@Nullable Repair repair, List<QueuedJob> waiting) throws IOException {
    Optional<JobProgress> read = readable(ticket);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    JobProgress progress = read.get();
    Accepted accepted = progress.accepted();
    if (results.isTold(accepted.origin(), accepted.id())) {
      desk.tidy(ticket);
      return Optional.empty();
    }
    QueuedJob job = QueuedJob.of(ticket, accepted);
    intake.know(job);
    boolean outOfTurn = job.request().action() == Action.CANCEL;
    if (progress.state() == JobState.QUEUED || repair == null || outOfTurn) {
      makeDurable(ticket, progress);
      waiting.add(job);
      return Optional.empty();
    }
    LOG.info(
        "{} was cut short in state {}: a restart {}",
        accepted.id(),
        progress.state(),
        progress.state().onRestart().sentence());
    Result result = runner.recover(job, repair);
    if (result.state() == Outcome.QUEUED) {
      waiting.add(job);
    }
    return Optional.of(result);
  }

  /** What was only accepted was never written to again, and so cannot be void. */
  private void makeDurable(String ticket, JobProgress progress) throws IOException {
    Path journal = site.state().journal(ticket);
    if (progress.attempt() == 0 && progress.turnedBack() == null) {
      JournalFile.force(journal);
    } else {
      JournalFile.resume(journal).close();
    }
  }

  /**
   * A crash while the first entry was written leaves the claim, which is examined anew. Any other
   * damage is the disk's, and what the job did is for people to find out.
   */
  private void putAside(String ticket, JournalFile.Damaged damage) throws IOException {
    Path journal = site.state().journal(ticket);
    if (damage.isUnfinished() && intake.isClaimed(ticket)) {
      LOG.info("{} was claimed and not yet understood; it is examined anew", ticket);
      DurableFiles.remove(journal);
      return;
    }
    Optional<Accepted> accepted = JournalFile.acceptance(journal);
    Path aside = site.state().path().resolve("damaged." + ticket);
    LOG.error("{}; kept as {}", damage.getMessage(), aside);
    if (accepted.isPresent() && !results.isTold(accepted.get().origin(), accepted.get().id())) {
      desk.tellDamaged(
          QueuedJob.of(ticket, accepted.get()), damage.getMessage() + "; it is kept as " + aside);
    }
    intake.forget(ticket);
    Files.move(journal, aside);
    DurableFiles.forceDirectory(site.state().path());
  }
}
