package org.spoolway.engine;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.spoolway.journal.JournalEntry;
import org.spoolway.lifecycle.Phase;

/**
 * The ordered steps of a job. The same list is shown, run, undone and recovered.
 *
 * @param steps in order; phases never step back
 */
public record Plan(List<PhasedStep> steps) {

  /** A step in its part of the plan. */
  public record PhasedStep(Step step, Phase phase) {}

  /** The step of a name. */
  public Step step(String name) {
    return find(name).orElseThrow(() -> new NoSuchElementException("no step " + name));
  }

  /**
   * The step of a name, or empty when the deployment's file, which has changed since the job began,
   * does not ask for it any more.
   */
  Optional<Step> find(String name) {
    return steps.stream().map(PhasedStep::step).filter(s -> s.name().equals(name)).findFirst();
  }

  /** The names and phases, as the journal keeps them. */
  public List<JournalEntry.PlannedStep> outline() {
    return steps.stream()
        .map(s -> new JournalEntry.PlannedStep(s.step().name(), s.phase(), s.step().undoable()))
        .toList();
  }
}
