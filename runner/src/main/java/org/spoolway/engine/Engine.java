package org.spoolway.engine;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.engine.Course.Move;
import org.spoolway.engine.Step.Decision;
import org.spoolway.host.Interruption;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry;
import org.spoolway.lifecycle.Phase;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Failure;

/**
 * Carries a job on from wherever its journal says it is, until nothing is left to run or to undo. A
 * step that fails is undone, then those before it, backwards. An {@link IOException} leaves the job
 * as a crash would: the journal may be void, and only a new look at the disk tells.
 */
public final class Engine {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final Interruption NEVER = new Interruption();

  private final Clock clock;
  private final Listener listener;

  /** An engine that reads the wall clock only to date entries. */
  public Engine(Clock clock, Listener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Begins a job, or begins it again after everything was undone. Its first step tells of it.
   *
   * @param sequence its place in the order of execution
   * @param known what holds before its first step
   * @throws IOException when the start cannot be recorded; nothing has been done then
   */
  public void start(Job job, long sequence, Evidence known) throws IOException {
    int attempt = job.journal().progress().attempt() + 1;
    job.journal()
        .append(new JournalEntry.Started(now(), attempt, sequence, known, job.plan().outline()));
  }

  /**
   * Carries a started job on to its end.
   *
   * @param interruption heeded while there is a way back that users would not mind
   * @return the journal as it stands at the end
   * @throws IOException when the journal cannot be written
   */
  public JobProgress carryOn(Job job, Interruption interruption) throws IOException {
    return carryOn(job, interruption, move -> false);
  }

  /**
   * The same, but leaves off before the first step that has something serve. Its journal tells the
   * next runner to go on from there.
   */
  public JobProgress carryOnBeforeServices(Job job, Interruption interruption) throws IOException {
    return carryOn(job, interruption, move -> needsService(job, move));
  }

  /**
   * The same as {@link #carryOn(Job, Interruption)}, but what watches only begins and is left to
   * whoever carries the job on next.
   */
  public JobProgress carryOnUntilItWatches(Job job) throws IOException {
    Interruption atOnce = new Interruption();
    atOnce.request(Interruption.Cause.SHUTDOWN);
    return carryOn(job, atOnce, move -> false);
  }

  private static boolean needsService(Job job, Move move) {
    return (move instanceof Move.Apply apply
            && job.plan().find(apply.step()).filter(Step::needsService).isPresent())
        || (move instanceof Move.Undo undo && job.plan().step(undo.step()).undoNeedsService());
  }

  private JobProgress carryOn(Job job, Interruption interruption, Predicate<Move> leavesOff)
      throws IOException {
    JobProgress progress = job.journal().progress();
    Move move = Course.next(progress);
    while (!(move instanceof Move.End) && !leavesOff.test(move)) {
      if (move instanceof Move.Apply apply && !forward(job, progress, apply.step(), interruption)) {
        break;
      } else if (move instanceof Move.Undo undo && !backward(job, job.plan().step(undo.step()))) {
        break;
      }
      progress = job.journal().progress();
      move = Course.next(progress);
    }
    return job.journal().progress();
  }

  private static Phase phase(JobProgress progress, String step) {
    return progress.steps().stream()
        .filter(s -> s.name().equals(step))
        .findFirst()
        .orElseThrow()
        .phase();
  }

  /** Runs a step, or says why not; false when it is left to the next runner. */
  private boolean forward(Job job, JobProgress progress, String name, Interruption interruption)
      throws IOException {
    Phase phase = phase(progress, name);
    Optional<Step> step = job.plan().find(name);
    if (step.isEmpty()) {
      String why = "the deployment's file does not ask for it any more";
      append(job, new JournalEntry.Skipped(now(), name, why));
    } else if (phase == Phase.AFTERWARDS && progress.unproven() != null) {
      String why = "what is live has not proved itself, so all that may be needed stays";
      append(job, new JournalEntry.Skipped(now(), name, why));
    } else if (interruption.requested()
        && (canTurn(phase) || isCancelledInTime(job, phase, interruption))) {
      turnBack(job, null, interrupted(job, interruption), interruption);
    } else {
      return run(job, step.get(), phase, interruption);
    }
    return true;
  }

  private static boolean canTurn(Phase phase) {
    return phase == Phase.PREPARE || phase == Phase.CHANGE;
  }

  private static Interruption heeded(Step step, Phase phase, Interruption interruption) {
    if (step.watches()) {
      return interruption.ofShutdown();
    }
    return canTurn(phase) ? interruption : NEVER;
  }

  private boolean run(Job job, Step step, Phase phase, Interruption interruption)
      throws IOException {
    Interruption heeded = heeded(step, phase, interruption);
    try {
      Optional<Failure> changed =
          step.looksOnly() ? Optional.empty() : guarded(() -> PlanHash.difference(job));
      if (changed.isPresent()) {
        append(job, new JournalEntry.TurnedBack(now(), null, changed.get().in("resolve"), false));
      } else {
        decideAndApply(job, step, heeded);
      }
      return true;
    } catch (ProblemException e) {
      return failed(job, step, phase, e.failure(), heeded);
    } catch (StepIoException e) {
      return failed(job, step, phase, storageFailure(step, e.cause), heeded);
    } catch (RuntimeException bug) {
      LOG.error("step {} failed with a bug in Spoolway", step.name(), bug);
      return failed(job, step, phase, internal("run " + step.name(), bug), heeded);
    }
  }

  /** A cancel asked for before any step of the proof began is still honoured. */
  private static boolean isCancelledInTime(Job job, Phase phase, Interruption interruption) {
    return phase == Phase.PROOF
        && interruption.cause() == Interruption.Cause.CANCEL
        && !job.journal().progress().begun(Phase.PROOF);
  }

  private void decideAndApply(Job job, Step step, Interruption interruption)
      throws ProblemException, IOException {
    Decision decision = guarded(() -> step.decide(job.facts()));
    if (!decision.needed()) {
      append(job, new JournalEntry.Skipped(now(), step.name(), decision.why()));
    } else if (job.request().dryRun() && !step.looksOnly()) {
      append(job, new JournalEntry.Foreseen(now(), step.name(), decision.why(), decision.detail()));
    } else {
      append(job, new JournalEntry.Applying(now(), step.name(), decision.why()));
      Evidence evidence = guarded(() -> step.apply(work(job, step, interruption)));
      append(job, new JournalEntry.Applied(now(), step.name(), evidence));
    }
  }

  private boolean failed(
      Job job, Step step, Phase phase, Failure failure, Interruption interruption)
      throws IOException {
    boolean interrupted =
        failure.code().equals(Problem.INTERRUPTED.name()) && interruption.requested();
    if (phase == Phase.AFTERWARDS) {
      LOG.warn("{}: {}", failure.code(), failure.message());
      append(job, new JournalEntry.Noted(now(), step.name(), failure));
    } else if (interrupted && step.watches()) {
      append(job, new JournalEntry.LeftOff(now(), step.name()));
      return false;
    } else if (interrupted) {
      turnBack(job, step.name(), interrupted(job, interruption), interruption);
    } else {
      append(job, Retreat.entry(job, step, failure, false, now()));
    }
    return true;
  }

  private void turnBack(Job job, @Nullable String step, Failure failure, Interruption interruption)
      throws IOException {
    boolean shutdown = interruption.cause() == Interruption.Cause.SHUTDOWN;
    Failure placed = step == null ? failure : failure.in(step);
    append(job, new JournalEntry.TurnedBack(now(), step, placed, shutdown));
  }

  private static Failure interrupted(Job job, Interruption interruption) {
    String what = "cannot finish " + job.request().action().wireName() + ": ";
    return interruption.cause() == Interruption.Cause.CANCEL
        ? new ProblemException(Problem.CANCELLED, what + "it was cancelled while it ran").failure()
        : new ProblemException(
                Problem.INTERRUPTED, what + "the runner was asked to end while it ran")
            .failure();
  }

  private boolean backward(Job job, Step step) throws IOException {
    append(job, new JournalEntry.Undoing(now(), step.name()));
    Failure failure;
    try {
      guarded(
          () -> {
            step.undo(work(job, step, NEVER));
            return Evidence.none();
          });
      append(job, new JournalEntry.Undone(now(), step.name()));
      return true;
    } catch (ProblemException e) {
      failure = e.failure();
    } catch (StepIoException e) {
      failure = storageFailure(step, e.cause);
    } catch (RuntimeException bug) {
      LOG.error("undo of step {} failed with a bug in Spoolway", step.name(), bug);
      failure = internal("undo " + step.name(), bug);
    }
    append(job, new JournalEntry.UndoFailed(now(), step.name(), failure));
    return false;
  }

  private Work work(Job job, Step step, Interruption interruption) {
    return new Work(
        job.facts(),
        interruption,
        job.log(),
        (fraction, detail) ->
            listener.onStepProgress(job.journal().progress(), step.name(), fraction, detail),
        begunAt(job, step));
  }

  /** When it was announced first in this attempt, unless that was just now. */
  private static @Nullable Instant begunAt(Job job, Step step) {
    Instant first = null;
    int times = 0;
    for (JournalEntry entry : job.journal().entries()) {
      if (entry instanceof JournalEntry.Started) {
        first = null;
        times = 0;
      } else if (entry instanceof JournalEntry.Applying a && a.step().equals(step.name())) {
        first = first == null ? a.at() : first;
        times++;
      }
    }
    return times > 1 ? first : null;
  }

  private void append(Job job, JournalEntry entry) throws IOException {
    job.journal().append(entry);
    listener.onProgress(job.journal().progress());
  }

  private Instant now() {
    return clock.instant();
  }

  private static Failure storageFailure(Step step, IOException e) {
    return new ProblemException(
            Problem.STORAGE_FAILED, "cannot finish " + step.name() + ": " + describe(e))
        .failure();
  }

  private static String describe(IOException e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }

  private static Failure internal(String what, RuntimeException bug) {
    return new ProblemException(Problem.INTERNAL, "cannot " + what + ": " + bug).failure();
  }

  private interface StepCall<T> {
    T call() throws ProblemException, IOException;
  }

  /** Tells an I/O error of a step, which is undone, from one of the journal, which is a crash. */
  private static <T> T guarded(StepCall<T> call) throws ProblemException, StepIoException {
    try {
      return call.call();
    } catch (IOException e) {
      throw new StepIoException(e);
    }
  }

  private static final class StepIoException extends IOException {
    private static final long serialVersionUID = 1L;
    private final IOException cause;

    StepIoException(IOException cause) {
      super(cause);
      this.cause = cause;
    }
  }

  /** Told of each change, to tell others; must not fail. */
  public interface Listener {

    /** Of a job of which nobody is told. */
    Listener NONE =
        new Listener() {
          @Override
          public void onProgress(JobProgress progress) {}

          @Override
          public void onStepProgress(
              JobProgress progress, String step, @Nullable Double fraction, String detail) {}
        };

    /** The journal has grown. */
    void onProgress(JobProgress progress);

    /**
     * A long step is further.
     *
     * @param fraction 0.0 to 1.0, or null when it cannot be told
     */
    void onStepProgress(
        JobProgress progress, String step, @Nullable Double fraction, String detail);
  }
}
