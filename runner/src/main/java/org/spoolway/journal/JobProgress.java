package org.spoolway.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.spoolway.lifecycle.JobState;
import org.spoolway.lifecycle.Phase;
import org.spoolway.schema.Failure;

/**
 * What a journal's entries amount to: the only source from which a job is carried on, in normal
 * running and after a crash alike.
 *
 * @param accepted the request
 * @param attempt which start this is; 0 before the first
 * @param sequence the place in the order of execution; 0 before the first start
 * @param startedAt when this attempt began, or null
 * @param steps the plan's steps; empty before the first start
 * @param facts what the steps of this attempt have found out
 * @param unproven why what stays has not proved itself, or null
 * @param turnedBack why everything goes back, or null
 * @param undoFailure why going back is stuck, or null
 * @param lastAt when the last entry was written
 */
public record JobProgress(
    JournalEntry.Accepted accepted,
    int attempt,
    long sequence,
    @Nullable Instant startedAt,
    List<StepProgress> steps,
    Map<String, String> facts,
    @Nullable Failure unproven,
    JournalEntry.@Nullable TurnedBack turnedBack,
    @Nullable Failure undoFailure,
    Instant lastAt) {

  /**
   * How often a job is started at most; a job that ends its runner each time must not do so for
   * ever.
   */
  public static final int MAX_ATTEMPTS = 3;

  /** Folds a journal's entries. */
  public static JobProgress of(List<JournalEntry> entries) {
    Fold fold = new Fold((JournalEntry.Accepted) entries.get(0));
    entries.forEach(fold::take);
    return fold.result();
  }

  /** A fact that a step has left, or empty. */
  public Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name));
  }

  /** Whether a step of this phase has begun. */
  public boolean begun(Phase phase) {
    return steps.stream().anyMatch(s -> s.phase() == phase && s.begun());
  }

  /**
   * Whether all steps of this phase, of which there is at least one, have run or were not needed.
   */
  public boolean settled(Phase phase) {
    return steps.stream().anyMatch(s -> s.phase() == phase)
        && steps.stream().filter(s -> s.phase() == phase).allMatch(StepProgress::isSettled);
  }

  /** Whether users may have noticed anything. */
  public boolean noticeable() {
    return begun(Phase.CHANGE) || begun(Phase.PROOF);
  }

  /** Whether a crash cut it short before anybody could notice, and it may be started again. */
  public boolean retryable() {
    return turnedBack != null
        && turnedBack.crashed()
        && !noticeable()
        && attempt < MAX_ATTEMPTS
        && steps.stream().noneMatch(StepProgress::needsUndo);
  }

  /** Whether nothing is left to run or to undo. */
  public boolean ended() {
    return turnedBack != null
        ? steps.stream().noneMatch(StepProgress::needsUndo) && !retryable()
        : attempt > 0
            && (fact(Evidence.UNCHANGED).isPresent()
                || steps.stream().allMatch(StepProgress::isSettled));
  }

  /** The row of the table of lives. */
  public JobState state() {
    if (attempt == 0) {
      return turnedBack == null ? JobState.QUEUED : JobState.ENDED;
    }
    if (ended()) {
      return JobState.ENDED;
    }
    if (retryable()) {
      return JobState.QUEUED;
    }
    if (turnedBack != null) {
      return undoFailure == null ? JobState.UNDOING : JobState.BROKEN;
    }
    if (settled(Phase.PROOF) || begun(Phase.AFTERWARDS)) {
      return JobState.SETTLING;
    }
    if (settled(Phase.CHANGE)) {
      return JobState.PROVING;
    }
    return begun(Phase.CHANGE) ? JobState.CHANGING : JobState.PREPARING;
  }

  /** Takes entries one after the other. */
  private static final class Fold {
    private final JournalEntry.Accepted accepted;
    private int attempt;
    private long sequence;
    private @Nullable Instant startedAt;
    private final List<StepProgress> steps = new ArrayList<>();
    private final Map<String, String> facts = new HashMap<>();
    private @Nullable Failure unproven;
    private JournalEntry.@Nullable TurnedBack turnedBack;
    private @Nullable Failure undoFailure;
    private Instant lastAt;

    Fold(JournalEntry.Accepted accepted) {
      this.accepted = accepted;
      this.lastAt = accepted.at();
    }

    void take(JournalEntry entry) {
      lastAt = entry.at();
      if (entry instanceof JournalEntry.Started started) {
        start(started);
      } else if (entry instanceof JournalEntry.Applying e) {
        change(e.step(), s -> s.applying(e.at(), e.why()));
      } else if (entry instanceof JournalEntry.Applied e) {
        change(e.step(), s -> s.applied(e.at(), e.evidence()));
        facts.putAll(e.evidence().facts());
      } else if (entry instanceof JournalEntry.Skipped e) {
        change(e.step(), s -> s.skipped(e.why()));
      } else if (entry instanceof JournalEntry.Foreseen e) {
        change(e.step(), s -> s.foreseen(e.why(), e.detail()));
      } else if (entry instanceof JournalEntry.Noted e) {
        change(e.step(), s -> s.failed(e.at(), e.failure().message()));
      } else if (entry instanceof JournalEntry.Unproven e) {
        unproven = e.failure().in(e.step());
        change(e.step(), s -> s.failed(e.at(), e.failure().message()));
      } else if (entry instanceof JournalEntry.Resumed e) {
        for (int i = index(e.step()); i < steps.size(); i++) {
          steps.set(i, steps.get(i).again());
        }
      } else {
        takeGoingBack(entry);
      }
    }

    private void takeGoingBack(JournalEntry entry) {
      if (entry instanceof JournalEntry.TurnedBack e) {
        turnedBack = e;
        if (e.step() != null) {
          change(e.step(), s -> s.failed(e.at(), e.failure().message()));
        }
      } else if (entry instanceof JournalEntry.Undoing e) {
        undoFailure = null;
        change(e.step(), StepProgress::undoing);
      } else if (entry instanceof JournalEntry.Undone e) {
        undoFailure = null;
        change(e.step(), StepProgress::takenBack);
      } else if (entry instanceof JournalEntry.UndoFailed e) {
        undoFailure = e.failure().in(e.step());
      }
    }

    private void start(JournalEntry.Started started) {
      attempt = started.attempt();
      sequence = started.sequence();
      startedAt = started.at();
      steps.clear();
      started.steps().forEach(s -> steps.add(StepProgress.planned(s)));
      facts.clear();
      facts.putAll(started.known().facts());
      unproven = null;
      turnedBack = null;
      undoFailure = null;
    }

    private void change(String name, UnaryOperator<StepProgress> change) {
      int index = index(name);
      steps.set(index, change.apply(steps.get(index)));
    }

    private int index(String name) {
      for (int i = 0; i < steps.size(); i++) {
        if (steps.get(i).name().equals(name)) {
          return i;
        }
      }
      throw new IllegalStateException("the journal names a step that is not in its plan: " + name);
    }

    JobProgress result() {
      return new JobProgress(
          accepted,
          attempt,
          sequence,
          startedAt,
          List.copyOf(steps),
          Map.copyOf(facts),
          unproven,
          turnedBack,
          undoFailure,
          lastAt);
    }
  }
}
