package org.spoolway.plan;

import java.io.IOException;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Plan;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Step.Observation;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * A real step that fails, before it did anything or after it did everything.
 *
 * @param step the real one
 * @param when at which side of its work
 */
record Spoiled(Step step, When when) implements Step {

  /** At which side of its work a step fails. */
  enum When {
    BEFORE,
    AFTER
  }

  /** The same plan with one step spoiled. */
  static Plan plan(Plan plan, String name, When when) {
    return new Plan(
        plan.steps().stream()
            .map(
                s ->
                    s.step().name().equals(name)
                        ? new Plan.PhasedStep(new Spoiled(s.step(), when), s.phase())
                        : s)
            .toList());
  }

  @Override
  public String name() {
    return step.name();
  }

  @Override
  public Decision decide(Facts facts) throws ProblemException, IOException {
    return step.decide(facts);
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    if (when == When.AFTER) {
      step.apply(work);
    }
    throw new ProblemException(Problem.BUILD_FAILED, "cannot finish " + name() + ": spoiled");
  }

  @Override
  public void undo(Work work) throws ProblemException, IOException {
    step.undo(work);
  }

  @Override
  public boolean undoable() {
    return step.undoable();
  }

  @Override
  public Observation observe(Facts facts) throws ProblemException, IOException {
    return step.observe(facts);
  }

  @Override
  public boolean looksOnly() {
    return step.looksOnly();
  }
}
