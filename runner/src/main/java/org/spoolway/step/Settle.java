package org.spoolway.step;

import java.io.IOException;
import java.util.Optional;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.supervision.Handover;

/**
 * The end of a runner's proof: from here on nobody puts the one before back. A process that is not
 * what had to prove itself has been put back already, and fails.
 */
final class Settle implements Step {

  private final Handover handover;

  Settle(Site site) {
    this.handover = site.ports().handover();
  }

  @Override
  public String name() {
    return "settle";
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
    return Decision.run("the runner before is kept ready to come back until then");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Version to = work.facts().to();
    if (!handover.own().equals(Optional.of(to))) {
      throw HandOver.putBack(handover, to);
    }
    handover.settle();
    return Evidence.detail(to + " stays");
  }
}
