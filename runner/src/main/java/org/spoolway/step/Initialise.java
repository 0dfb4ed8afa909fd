package org.spoolway.step;

import java.io.IOException;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;

/** Has the first release make its data. Its undo puts back that there were none. */
final class Initialise implements Step {

  private final Site site;

  Initialise(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "initialise";
  }

  @Override
  public Decision decide(Facts facts) {
    return facts.from().isPresent()
        ? Decision.skip("that was done with the first release")
        : Decision.run("the first release has no data yet");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException {
    new ReleaseCommands(site)
        .changeData("make the data of", site.deployment().install().run(), work);
    return Evidence.none().with(Evidence.SCHEMA, site.ports().database().contents().schema());
  }

  @Override
  public void undo(Work work) throws ProblemException, IOException {
    new DataSwap(site).putBack(work);
  }
}
