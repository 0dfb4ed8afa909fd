package org.spoolway.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.DurableFiles;
import org.spoolway.engine.Engine;
import org.spoolway.engine.Job;
import org.spoolway.host.Interruption;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry;
import org.spoolway.journal.JournalFile;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.plan.Planner;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Failure;
import org.spoolway.schema.Status;
import org.spoolway.spool.QueuedJob;
import org.spoolway.step.Site;

/**
 * The job whose undo failed. Its end is told, its journal is kept by, and nothing that changes the
 * deployment starts before the undo is complete.
 */
final class BrokenUndo {

  private static final Logger LOG = LoggerFactory.getLogger(BrokenUndo.class);

  /** Between two tries of an undo that fails, while nothing else is to be done. */
  private static final Duration BETWEEN_REPAIRS = Duration.ofSeconds(30);

  private final Site site;
  private final SpoolDir spool;
  private final Planner planner;
  private final JournalWrapper wrapper;
  private final Desk desk;
  private final Clock clock;
  private long nextRepairNanos = System.nanoTime() + BETWEEN_REPAIRS.toNanos();

  BrokenUndo(Site site, SpoolDir spool, Planner planner, JournalWrapper wrapper, Desk desk) {
    this.site = site;
    this.spool = spool;
    this.planner = planner;
    this.wrapper = wrapper;
    this.desk = desk;
    this.clock = site.clock();
  }

  /** Whether there is one. */
  static boolean isIn(StateDir state) {
    return Files.exists(state.brokenJournal());
  }

  /** What is stuck, and why; empty when nothing is. */
  static Optional<Status.Broken> look(StateDir state) throws IOException {
    List<JournalEntry> entries;
    try {
      entries = JournalFile.read(state.brokenJournal());
    } catch (NoSuchFileException | JournalFile.Damaged nothingToUndo) {
      return Optional.empty();
    }
    JobProgress progress = JobProgress.of(entries);
    JournalEntry.Accepted accepted = progress.accepted();
    return lastFailure(entries)
        .map(
            f ->
                new Status.Broken(
                    accepted.id(), accepted.origin(), f.step(), f.failure().message(), fix(f)));
  }

  private static Optional<JournalEntry.UndoFailed> lastFailure(List<JournalEntry> entries) {
    return entries.stream()
        .filter(JournalEntry.UndoFailed.class::isInstance)
        .map(JournalEntry.UndoFailed.class::cast)
        .reduce((earlier, later) -> later);
  }

  private static String fix(JournalEntry.UndoFailed failed) {
    Failure failure = failed.failure();
    return failure.fix() + " " + Problem.UNDO_FAILED.fix();
  }

  /** What stood in its way, a full disk above all, may be gone without anybody's word. */
  boolean isToBeTriedAgain() {
    return isIn(site.state()) && System.nanoTime() - nextRepairNanos >= 0;
  }

  /**
   * Tries the undo again, if there is one.
   *
   * @return whether nothing is broken any more
   */
  boolean repair() throws IOException {
    try {
      return !isIn(site.state()) || tryAgain();
    } finally {
      nextRepairNanos = System.nanoTime() + BETWEEN_REPAIRS.toNanos();
    }
  }

  private boolean tryAgain() throws IOException {
    try (JournalFile journal = JournalFile.resume(site.state().brokenJournal())) {
      if (!undo(journal)) {
        return false;
      }
    } catch (JournalFile.Damaged damaged) {
      putAside(damaged);
      return true;
    }
    DurableFiles.remove(site.state().brokenJournal());
    return true;
  }

  private boolean undo(JournalFile journal) throws IOException {
    JobProgress before = journal.progress();
    QueuedJob queued = QueuedJob.of("broken", before.accepted());
    String id = queued.accepted().id().value();
    try (JobLog log = new JobLog(spool.log(queued.accepted().origin(), id))) {
      if (!nobodyIsConnected(before)) {
        return false;
      }
      Job job =
          new Job(
              queued.request(),
              planner.plan(queued.request().action()),
              wrapper.wrap(journal),
              log);
      // Clients have the terminal result already, which must not change.
      Engine engine = new Engine(clock, Engine.Listener.NONE);
      JobProgress progress = engine.carryOn(job, new Interruption());
      if (!progress.ended()) {
        Failure failure = Objects.requireNonNull(progress.undoFailure(), "what else ends an undo");
        LOG.error("cannot undo {}: {}; Fix: {}", id, failure.message(), failure.fix());
        return false;
      }
      // Before the journal goes: a crash in between has it told again, as the same message.
      desk.tellRepaired(queued, progress, lastOf(job).at());
    }
    LOG.info("the undo of {} is complete; everything is as before it", id);
    return true;
  }

  private static JournalEntry lastOf(Job job) {
    List<JournalEntry> entries = job.journal().entries();
    return entries.get(entries.size() - 1);
  }

  /** Takes somebody's word that the undo that fails is done, so that the others can follow. */
  void takeAsDone() throws IOException {
    try (JournalFile journal = JournalFile.resume(site.state().brokenJournal())) {
      Optional<JournalEntry.UndoFailed> failed = lastFailure(journal.entries());
      if (failed.isPresent()) {
        LOG.warn(
            "the undo of {} in {} was done by hand, so somebody says",
            failed.get().step(),
            journal.progress().accepted().id());
        journal.append(new JournalEntry.Undone(clock.instant(), failed.get().step()));
      }
    }
  }

  /**
   * Somebody may have started the service by hand meanwhile; the undo of its stop starts it again.
   */
  private boolean nobodyIsConnected(JobProgress progress) {
    boolean startedAgain =
        progress.steps().stream().anyMatch(s -> s.name().equals("stop") && s.needsUndo());
    try {
      if (startedAgain) {
        site.ports().services().stop();
      }
      return true;
    } catch (ProblemException e) {
      LOG.error("{}; Fix: {}", e.getMessage(), e.fix());
      return false;
    }
  }

  private void putAside(JournalFile.Damaged damaged) throws IOException {
    Path aside = site.state().path().resolve("damaged.broken");
    LOG.error(
        "{}; kept as {}, and what it had still to undo is not undone", damaged.getMessage(), aside);
    Files.move(site.state().brokenJournal(), aside, StandardCopyOption.REPLACE_EXISTING);
    DurableFiles.forceDirectory(site.state().path());
  }
}
