package org.spoolway.engine;

import java.util.List;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.StepProgress;

/**
 * What comes next in a job: a pure function of its journal, the same in normal running and in
 * recovery.
 */
final class Course {

  private Course() {}

  /** One move. */
  sealed interface Move {
    /** Run this step. */
    record Apply(String step) implements Move {}

    /** Undo this step. */
    record Undo(String step) implements Move {}

    /** Nothing is left. */
    record End() implements Move {}
  }

  /** The next move of a job that has been started. */
  static Move next(JobProgress progress) {
    if (progress.turnedBack() != null) {
      return lastToUndo(progress.steps());
    }
    if (progress.ended()) {
      return new Move.End();
    }
    return progress.steps().stream()
        .filter(step -> !step.isSettled())
        .findFirst()
        .<Move>map(step -> new Move.Apply(step.name()))
        .orElseGet(Move.End::new);
  }

  private static Move lastToUndo(List<StepProgress> steps) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).needsUndo()) {
        return new Move.Undo(steps.get(i).name());
      }
    }
    return new Move.End();
  }
}
