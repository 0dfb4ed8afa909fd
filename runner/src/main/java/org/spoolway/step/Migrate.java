package org.spoolway.step;

import java.io.IOException;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;

/** Lets the new release change the data. Its undo puts back the snapshot that was taken before. */
final class Migrate implements Step {

  private final Site site;

  Migrate(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "migrate";
  }

  @Override
  public Decision decide(Facts facts) {
    if (site.deployment().migrate().run().isEmpty()) {
      return Decision.skip("`migrate.run` names no commands");
    }
    return facts.migrationPending()
        ? Decision.run(whoSaysSo(facts))
        : Decision.skip("no migration is pending");
  }

  private String whoSaysSo(Facts facts) {
    if (site.deployment().migrate().pending().isEmpty()) {
      return "the data must follow the code, and `migrate.pending` names no command that knows"
          + " better";
    }
    return facts.fact(Evidence.PENDING).isPresent()
        ? "the release says that migrations are pending"
        : "the data must follow the code, unless the release says that nothing is pending";
  }

  @Override
  public Evidence apply(Work work) throws ProblemException {
    new ReleaseCommands(site).changeData("migrate to", site.deployment().migrate().run(), work);
    return Evidence.none().with(Evidence.DATA_MARK, site.ports().database().mark());
  }

  @Override
  public void undo(Work work) throws ProblemException, IOException {
    new DataSwap(site).putBack(work);
  }
}
