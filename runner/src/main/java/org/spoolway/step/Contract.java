package org.spoolway.step;

import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;

/**
 * Takes out of the data what only the release before needed, once the new one has proved itself. It
 * cannot be undone, so its failure is told and changes nothing; cut short, it runs anew.
 */
final class Contract implements Step {

  private final Site site;

  Contract(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "contract";
  }

  @Override
  public boolean undoable() {
    return false;
  }

  /** The database may not be there yet while the host starts, and nobody waits for this. */
  @Override
  public boolean needsService() {
    return true;
  }

  @Override
  public Decision decide(Facts facts) {
    if (facts.fact(Evidence.PENDING).isEmpty()) {
      return Decision.run("what only the old release needs goes last, if the new one only adds");
    }
    if (!facts.migrationPending()) {
      return Decision.skip("no migration is pending");
    }
    return facts.onlyAdds()
        ? Decision.run(
            "the new release has proved itself, so what only the old one needs goes; no rollback"
                + " goes past this")
        : Decision.skip("the release does not say that its migrations only add");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException {
    site.ports().commands().requireAllEnded(site.mark());
    new ReleaseCommands(site)
        .changeData("contract the data of", site.deployment().migrate().contract(), work);
    return Evidence.none().with(Evidence.SCHEMA, site.ports().database().contents().schema());
  }
}
