package org.spoolway.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.spoolway.lifecycle.Phase;
import org.spoolway.lifecycle.StepState;

/**
 * How far one step of a job is.
 *
 * @param name its name
 * @param phase its part of the plan
 * @param undoable whether it takes part in going back
 * @param state how far it is
 * @param begun whether anything of it may be in the world
 * @param undone whether that is gone again
 * @param why why it runs or is skipped
 * @param startedAt when it began, or null
 * @param endedAt when it ended, or null
 * @param detail what it observed or what went wrong, or null
 */
public record StepProgress(
    String name,
    Phase phase,
    boolean undoable,
    StepState state,
    boolean begun,
    boolean undone,
    String why,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String detail) {

  static StepProgress planned(JournalEntry.PlannedStep step) {
    return new StepProgress(
        step.name(),
        step.phase(),
        step.undoable(),
        StepState.PLANNED,
        false,
        false,
        "",
        null,
        null,
        null);
  }

  /** Whether it must still be undone when everything goes back. */
  public boolean needsUndo() {
    return undoable && begun && !undone && phase != Phase.AFTERWARDS;
  }

  /** Whether there is nothing left to run of it. */
  public boolean isSettled() {
    return state == StepState.DONE
        || state == StepState.SKIPPED
        || state == StepState.FORESEEN
        || state == StepState.FAILED;
  }

  StepProgress applying(Instant at, String reason) {
    return new StepProgress(
        name, phase, undoable, StepState.RUNNING, true, false, reason, at, null, null);
  }

  StepProgress applied(Instant at, Evidence evidence) {
    if (evidence.skipped() != null) {
      return new StepProgress(
          name,
          phase,
          undoable,
          StepState.SKIPPED,
          true,
          false,
          evidence.skipped(),
          null,
          null,
          null);
    }
    return new StepProgress(
        name, phase, undoable, StepState.DONE, true, false, why, startedAt, at, evidence.detail());
  }

  StepProgress skipped(String reason) {
    return new StepProgress(
        name, phase, undoable, StepState.SKIPPED, begun, false, reason, null, null, null);
  }

  StepProgress foreseen(String reason, @Nullable String what) {
    return new StepProgress(
        name, phase, undoable, StepState.FORESEEN, false, false, reason, null, null, what);
  }

  StepProgress failed(Instant at, String message) {
    return new StepProgress(
        name, phase, undoable, StepState.FAILED, begun, undone, why, startedAt, at, message);
  }

  StepProgress undoing() {
    StepState next =
        state == StepState.FAILED || state == StepState.SKIPPED ? state : StepState.UNDOING;
    return new StepProgress(
        name, phase, undoable, next, begun, false, why, startedAt, endedAt, detail);
  }

  StepProgress takenBack() {
    StepState next =
        state == StepState.FAILED || state == StepState.SKIPPED ? state : StepState.UNDONE;
    return new StepProgress(
        name, phase, undoable, next, begun, true, why, startedAt, endedAt, detail);
  }

  StepProgress again() {
    return new StepProgress(
        name, phase, undoable, StepState.PLANNED, begun, false, why, null, null, null);
  }
}
