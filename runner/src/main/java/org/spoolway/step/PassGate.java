package org.spoolway.step;

import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;

/** The live release passes the {@link Gate}, or everything goes back. */
final class PassGate implements Step {

  private final Site site;

  PassGate(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "gate";
  }

  @Override
  public boolean undoable() {
    return false;
  }

  @Override
  public boolean needsService() {
    return true;
  }

  /** A runner that is asked to end is not READY any more, and leaves this to the next one. */
  @Override
  public boolean watches() {
    return site.isRunner();
  }

  @Override
  public Decision decide(Facts facts) {
    if (site.isRunner()) {
      return Decision.run("the new runner has to serve the deployments, or the old one comes back");
    }
    if (site.deployment().health().url() == null) {
      return site.hasService()
          ? Decision.run("no `health.url`: being alive has to do")
          : Decision.skip("neither `health.url` nor a service");
    }
    return Decision.run(facts.to() + " has to answer well, or everything goes back");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException {
    if (site.isRunner()) {
      // The process that has to prove itself is this one, or was put back since.
      site.ports().services().start(work.facts().to(), work.output());
    }
    return Evidence.detail(new Gate(site).await(work.facts().to(), work))
        .with(Evidence.PROVED, true);
  }
}
