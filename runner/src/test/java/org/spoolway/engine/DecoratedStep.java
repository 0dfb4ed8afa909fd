package org.spoolway.engine;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;

/** A real step, of which a test makes one thing different. */
public abstract class DecoratedStep implements Step {

  private final Step step;

  /** As the step is. */
  protected DecoratedStep(Step step) {
    this.step = step;
  }

  /** A plan whose steps are decorated. */
  public static Plan all(Plan plan, UnaryOperator<Step> decoration) {
    return new Plan(
        plan.steps().stream()
            .map(s -> new Plan.PhasedStep(decoration.apply(s.step()), s.phase()))
            .toList());
  }

  /** A plan of which one step is decorated. */
  public static Plan one(Plan plan, String name, UnaryOperator<Step> decoration) {
    return all(plan, step -> step.name().equals(name) ? decoration.apply(step) : step);
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
    return step.apply(work);
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
  public boolean needsService() {
    return step.needsService();
  }

  @Override
  public boolean undoNeedsService() {
    return step.undoNeedsService();
  }

  @Override
  public boolean watches() {
    return step.watches();
  }

  @Override
  public void requireWayBack(Facts facts) throws ProblemException {
    step.requireWayBack(facts);
  }

  @Override
  public boolean looksOnly() {
    return step.looksOnly();
  }
}
