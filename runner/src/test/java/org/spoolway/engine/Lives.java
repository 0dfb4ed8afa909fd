package org.spoolway.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.spoolway.host.Interruption;
import org.spoolway.journal.Death;
import org.spoolway.journal.DyingJournal;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.Journal;
import org.spoolway.journal.JournalEntry;
import org.spoolway.journal.JournalFile;
import org.spoolway.journal.SampleEntries;
import org.spoolway.lifecycle.JobState;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Failure;
import org.spoolway.schema.Request;

/**
 * One job over several lives of a runner, each of which has only the file and fresh objects, and
 * does what a worker does: decide, start what is queued, carry on.
 */
public final class Lives {

  private static final Clock CLOCK = Clock.fixed(SampleEntries.AT, ZoneOffset.UTC);

  private final Path file;
  private final Request request;
  private final Supplier<Plan> plan;
  private final List<JobState> states = new ArrayList<>();
  private long sequence = 42;
  private Supplier<Evidence> known = Evidence::none;

  private Lives(Path file, Request request, Supplier<Plan> plan) {
    this.file = file;
    this.request = request;
    this.plan = plan;
  }

  /**
   * A job that was just accepted.
   *
   * @param plan makes a plan of fresh steps for each life
   */
  public static Lives of(Path file, Request request, Supplier<Plan> plan) throws IOException {
    return of(file, SampleEntries.accepted(), request, plan);
  }

  /** A job that somebody asked for. */
  public static Lives of(
      Path file, JournalEntry.Accepted accepted, Request request, Supplier<Plan> plan)
      throws IOException {
    JournalFile.create(file, accepted).close();
    return new Lives(file, request, plan);
  }

  /** A job whose journal is there already. */
  public static Lives goingOn(Path file, Request request, Supplier<Plan> plan) {
    return new Lives(file, request, plan);
  }

  /** Gives the job another place in the order of execution than 42. */
  public Lives inPlace(long place) {
    sequence = place;
    return this;
  }

  /** Says what holds before each start. */
  public Lives knowing(Supplier<Evidence> before) {
    known = before;
    return this;
  }

  /** Lives until nothing is left to do. */
  public Ending toTheEnd() throws IOException {
    if (!until(DyingJournal.At.NEVER)) {
      throw new AssertionError("it died without being asked to");
    }
    return ending();
  }

  /**
   * Lives once.
   *
   * @return whether it came to the end before its death
   */
  public boolean until(DyingJournal.At death) throws IOException {
    return live(death, new Interruption());
  }

  /** Lives once, with somebody who may ask it to end. */
  public boolean live(DyingJournal.At death, Interruption interruption) throws IOException {
    try (JournalFile opened = JournalFile.open(file)) {
      Job job =
          new Job(request, plan.get(), watched(new DyingJournal(opened, death)), (b, o, n) -> {});
      new Recovery(CLOCK).decide(job);
      Engine engine = new Engine(CLOCK, Engine.Listener.NONE);
      do {
        if (job.journal().progress().state() == JobState.QUEUED) {
          engine.start(job, sequence, known.get());
        }
        engine.carryOn(job, interruption);
      } while (job.journal().progress().state() == JobState.QUEUED && !interruption.requested());
      return true;
    } catch (Death itWasToDie) {
      return false;
    }
  }

  /** Lives while the host starts: decides, and leaves off where something would serve. */
  void untilServices() throws IOException {
    try (JournalFile opened = JournalFile.open(file)) {
      Job job = new Job(request, plan.get(), watched(opened), (b, o, n) -> {});
      new Recovery(CLOCK).decide(job);
      new Engine(CLOCK, Engine.Listener.NONE).carryOnBeforeServices(job, new Interruption());
    }
  }

  /** Somebody takes the request back before its start, as the queue does it. */
  public void takenBack() throws IOException {
    Failure failure =
        new ProblemException(Problem.CANCELLED, "cannot start it: it was taken back").failure();
    try (JournalFile opened = JournalFile.open(file)) {
      Journal journal = watched(opened);
      journal.append(new JournalEntry.TurnedBack(CLOCK.instant(), null, failure, false));
    }
  }

  /** Every state that the journal went through, over all lives. */
  public List<JobState> states() {
    return List.copyOf(states);
  }

  /** What the file amounts to. */
  public JobProgress progress() throws IOException {
    return JobProgress.of(JournalFile.read(file));
  }

  /** How the job stands. */
  public Ending ending() throws IOException {
    return Ending.of(request, progress());
  }

  private Journal watched(Journal journal) {
    states.add(journal.progress().state());
    return new Journal() {
      @Override
      public void append(JournalEntry entry) throws IOException {
        journal.append(entry);
        states.add(journal.progress().state());
      }

      @Override
      public List<JournalEntry> entries() {
        return journal.entries();
      }
    };
  }
}
