package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Path;
import org.spoolway.deployment.Snapshots;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.host.Database.Afterwards;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;

/**
 * Makes the data ready that are to be put in place, while the application still serves: they are
 * looked at, and what takes long is done now.
 */
final class StageData implements Step {

  private final Site site;

  StageData(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "stage";
  }

  @Override
  public Decision decide(Facts facts) {
    return facts.fact(Evidence.RESTORES).isPresent()
        ? Decision.run("what is damaged, or takes long, is better met before anything stops")
        : Decision.skip("no data are put back");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException {
    String snapshot = work.facts().fact(Evidence.RESTORES).orElseThrow();
    String staged = Snapshots.stagedName(work.facts().sequence());
    Path data = site.snapshots().data(staged);
    // An operator who names a snapshot may name it again; after a rollback its data are live.
    Afterwards afterwards =
        work.facts().request().action() == Action.RESTORE ? Afterwards.KEPT : Afterwards.USED_UP;
    site.snapshots().requireThere(snapshot);
    Path made = site.ports().database().stage(site.snapshots().data(snapshot), data, afterwards);
    return made.equals(data)
        ? Evidence.detail("made ready of snapshots/" + snapshot).with(Evidence.STAGED, staged)
        : Evidence.detail("snapshots/" + snapshot + " is whole");
  }

  @Override
  public void undo(Work work) throws ProblemException, IOException {
    site.snapshots().remove(Snapshots.stagedName(work.facts().sequence()));
  }
}
