package org.spoolway.plan;

import java.io.IOException;
import org.spoolway.engine.DecoratedStep;
import org.spoolway.engine.Plan;
import org.spoolway.engine.Step;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** A real step that fails, before it did anything or after it did everything. */
final class Spoiled extends DecoratedStep {

  private final When when;

  private Spoiled(Step step, When when) {
    super(step);
    this.when = when;
  }

  /** At which side of its work a step fails. */
  enum When {
    BEFORE,
    AFTER
  }

  /** The same plan with one step spoiled. */
  static Plan plan(Plan plan, String name, When when) {
    return one(plan, name, step -> new Spoiled(step, when));
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    if (when == When.AFTER) {
      super.apply(work);
    }
    throw new ProblemException(Problem.BUILD_FAILED, "cannot finish " + name() + ": spoiled");
  }
}
