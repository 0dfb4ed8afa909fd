package org.spoolway.step;

import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Outcome;

/**
 * Tells people of the success. Other endings are told by the worker, since no step runs after them.
 */
final class Notify implements Step {

  private final Site site;

  Notify(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "notify";
  }

  @Override
  public boolean undoable() {
    return false;
  }

  @Override
  public Decision decide(Facts facts) {
    return site.deployment().notification().run().isEmpty()
        ? Decision.skip("`notify.run` names no commands")
        : Decision.run("people should learn of it without asking");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException {
    new Announcement(site).tell(work.facts(), Outcome.SUCCEEDED, "", work);
    return Evidence.none();
  }
}
