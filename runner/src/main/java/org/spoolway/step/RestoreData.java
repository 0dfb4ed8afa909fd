package org.spoolway.step;

import java.io.IOException;
import java.util.Optional;
import org.spoolway.deployment.Snapshots;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;

/**
 * Puts a snapshot's data in place: those a rollback's target belongs to, or those a restore names.
 */
final class RestoreData implements Step {

  private final Site site;

  RestoreData(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public Decision decide(Facts facts) throws ProblemException {
    if (facts.fact(Evidence.RESTORES).isEmpty()) {
      return Decision.skip("the update that is gone back from changed no data");
    }
    String snapshot = facts.fact(Evidence.RESTORES).orElseThrow();
    if (facts.request().action() == Action.RESTORE) {
      return Decision.run("the request names " + snapshot);
    }
    return writtenSince(facts)
        ? Decision.skip(
            "the application has written since it went live, so its data stay; snapshot "
                + snapshot
                + " is kept")
        : Decision.run(
            "nothing was written since "
                + facts.from().orElseThrow()
                + " went live, so the data of "
                + facts.to()
                + " come back");
  }

  private boolean writtenSince(Facts facts) throws ProblemException {
    String mark = site.ports().database().mark();
    return facts.fact(Evidence.DATA_MARK).filter(mark::equals).isEmpty();
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    String snapshot = work.facts().fact(Evidence.RESTORES).orElseThrow();
    new DataSwap(site)
        .restore(
            snapshot,
            Snapshots.replacedName(work.facts().sequence()),
            work.facts().from().orElse(null),
            work);
    return Evidence.detail("snapshots/" + snapshot);
  }

  @Override
  public void undo(Work work) throws ProblemException, IOException {
    Optional<String> before = work.facts().fact(Evidence.SNAPSHOT);
    if (before.isPresent()) {
      new DataSwap(site)
          .restore(before.get(), work.facts().sequence() + "-undone", work.facts().to(), work);
    }
  }
}
