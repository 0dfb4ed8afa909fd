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

  private static boolean needsService(Job job, Move move) {
    return (move instanceof Move.Apply apply && job.plan().step(apply.step()).needsService())
        || (move instanceof Move.Undo undo && job.plan().step(undo.step()).undoNeedsService());
  }

  private JobProgress carryOn(Job job, Interruption interruption, Predicate<Move> leavesOff)
      throws IOException {
    JobProgress progress = job.journal().progress();
    Move move = Course.next(progress);
    while (!(move instanceof Move.End) && !leavesOff.test(move)) {
      if (move instanceof Move.Apply apply) {
        forward(job, job.plan().step(apply.step()), phase(progress, apply.step()), interruption);
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

  private void forward(Job job, Step step, Phase phase, Interruption interruption)
      throws IOException {
    boolean canTurn = phase == Phase.PREPARE || phase == Phase.CHANGE;
    if (interruption.requested() && (canTurn || isCancelledInTime(job, phase, interruption))) {
      turnBack(job, null, interrupted(job, interruption), interruption);
      return;
    }
    try {
      Optional<Failure> changed =
          step.looksOnly() ? Optional.empty() : guarded(() -> PlanHash.difference(job));
      if (changed.isPresent()) {
        append(job, new JournalEntry.TurnedBack(now(), null, changed.get().in("resolve"), false));
      } else {
        decideAndApply(job, step, canTurn ? interruption : NEVER);
      }
    } catch (ProblemException e) {
      failed(job, step, phase, e.failure(), interruption);
    } catch (StepIoException e) {
      failed(job, step, phase, storageFailure(step, e.cause), interruption);
    } catch (RuntimeException bug) {
      LOG.error("step {} failed with a bug in Spoolway", step.name(), bug);
      failed(job, step, phase, internal("run " + step.name(), bug), interruption);
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

  private void failed(Job job, Step step, Phase phase, Failure failure, Interruption interruption)
      throws IOException {
    if (phase == Phase.AFTERWARDS) {
      LOG.warn("{}: {}", failure.code(), failure.message());
      append(job, new JournalEntry.Noted(now(), step.name(), failure));
    } else if (failure.code().equals(Problem.INTERRUPTED.name()) && interruption.requested()) {
      turnBack(job, step.name(), interrupted(job, interruption), interruption);
    } else {
      append(job, new JournalEntry.TurnedBack(now(), step.name(), failure.in(step.name()), false));
    }
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
            listener.onStepProgress(job.journal().progress(), step.name(), fraction, detail));
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
