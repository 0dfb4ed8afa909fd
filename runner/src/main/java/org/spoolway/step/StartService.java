package org.spoolway.step;

import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.host.Services;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;

/** Has the live release serve, in place of the old one where that was not stopped before. */
final class StartService implements Step {

  private final Site site;

  StartService(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "start";
  }

  @Override
  public boolean needsService() {
    return true;
  }

  @Override
  public Decision decide(Facts facts) {
    return site.hasService()
        ? Decision.run("a new process for release " + facts.to())
        : Decision.skip("the deployment has no service");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException {
    Services services = site.ports().services();
    Services.State state = services.state();
    boolean replaces = state.running() && !work.facts().to().equals(state.version());
    if (replaces) {
      services.replace(work.facts().to(), work.output());
    } else {
      services.start(work.facts().to(), work.output());
    }
    return Evidence.detail(services.state().detail())
        .with(Evidence.GAP, (replaces && !site.servesThroughout()) ? true : null);
  }

  /** What serves without having been stopped is replaced when the stop is undone, unnoticed too. */
  @Override
  public void undo(Work work) throws ProblemException {
    if (!staysUp(site, work.facts())) {
      site.ports().services().stop();
    }
  }

  /** Whether one release takes the place of the other without a moment in which none serves. */
  static boolean staysUp(Site site, Facts facts) {
    return site.servesThroughout() && facts.from().isPresent() && !site.closesData(facts);
  }
}
