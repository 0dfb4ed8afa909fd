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
import org.spoolway.schema.Request;

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
      return Decision.skip("no data were set aside for it, so what is in the database stays");
    }
    String snapshot = facts.fact(Evidence.RESTORES).orElseThrow();
    if (facts.request().action() == Action.RESTORE) {
      return Decision.run("the request names " + snapshot);
    }
    if (facts.request().parameters().data() == Request.Data.RESTORE) {
      return Decision.run(
          "the request asks for the data of "
              + facts.to()
              + facts.fact(Evidence.WRITTEN).map(RestoreData::lost).orElse(""));
    } else if (writtenSince(facts)) {
      throw WayBack.wouldLose(facts.to(), "");
    }
    return Decision.run(
        "nothing was written since "
            + facts.from().orElseThrow()
            + " went live, so the data of "
            + facts.to()
            + " come back");
  }

  /** What they must know who are asked whether they really want that. */
  private static String lost(String written) {
    return written.isEmpty()
        ? ", which have nothing of what was written since, whatever that is; it is put aside"
        : ", which have nothing of what was written since; put aside is " + written;
  }

  private boolean writtenSince(Facts facts) throws ProblemException {
    String mark = site.ports().database().mark();
    return facts.fact(Evidence.DATA_MARK).filter(mark::equals).isEmpty();
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    String replaced = Snapshots.replacedName(work.facts().sequence());
    new DataSwap(site)
        .restore(source(work.facts()), replaced, work.facts().from().orElse(null), work);
    Evidence evidence =
        Evidence.detail("snapshots/" + work.facts().fact(Evidence.RESTORES).orElseThrow())
            .with(Evidence.SCHEMA, site.ports().database().contents().schema());
    return site.ports().database().exchanges()
        ? evidence.with(Evidence.USED_UP, source(work.facts()))
        : evidence;
  }

  /** What is put in place: what was made ready, or the snapshot itself. */
  private static String source(Facts facts) {
    return facts.fact(Evidence.STAGED).or(() -> facts.fact(Evidence.RESTORES)).orElseThrow();
  }

  @Override
  public void undo(Work work) throws ProblemException, IOException {
    if (site.ports().database().exchanges()) {
      new DataSwap(site)
          .exchangeBack(source(work.facts()), Snapshots.replacedName(work.facts().sequence()));
      return;
    }
    Optional<String> before = work.facts().fact(Evidence.SNAPSHOT);
    if (before.isPresent()) {
      new DataSwap(site)
          .restore(before.get(), work.facts().sequence() + "-undone", work.facts().to(), work);
    }
  }
}
