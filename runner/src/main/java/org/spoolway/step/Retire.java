package org.spoolway.step;

import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;

/** The process that handed over ends, once the one it handed over to has passed the gate. */
final class Retire implements Step {

  private final Site site;

  Retire(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "retire";
  }

  @Override
  public boolean undoable() {
    return false;
  }

  @Override
  public boolean needsService() {
    return true;
  }

  @Override
  public Decision decide(Facts facts) {
    return StartService.staysUp(site, facts)
        ? Decision.run("the old process has handed over to the new one")
        : Decision.skip("the old process was stopped before");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException {
    site.ports().services().retire();
    return Evidence.none();
  }
}
