package org.spoolway.step;

import java.io.IOException;
import org.spoolway.deployment.Snapshots;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.host.Database;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;

/** Copies the data: before they change, or because somebody asks for a backup. */
final class TakeSnapshot implements Step {

  private final Site site;

  TakeSnapshot(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "snapshot";
  }

  @Override
  public Decision decide(Facts facts) {
    if (!site.hasDatabase()) {
      return Decision.skip("the deployment has no database");
    }
    if (facts.request().action() == Action.BACKUP) {
      return Decision.run("the request asks for it; the application keeps serving");
    }
    if (!facts.migrationPending()) {
      return Decision.skip("the data do not change");
    }
    if (facts.expands()) {
      return Decision.skip(
          "the release says that its migrations only add: going back leaves the data as they are");
    }
    return facts.fact(Evidence.RESTORES).isPresent() && site.ports().database().exchanges()
        ? Decision.skip("the data that are replaced stay, and can be put back")
        : new Decision(
            true, "going back takes the data along", facts.fact(Evidence.COPYING).orElse(null));
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Facts facts = work.facts();
    String name = name(facts);
    Database database = site.ports().database().printingTo(work.output());
    boolean serves = facts.request().action() == Action.BACKUP;
    site.snapshots()
        .take(
            name,
            facts.from().orElse(null),
            facts.request().action().wireName(),
            site.clock().instant(),
            serves ? database::backup : database::snapshot);
    return Evidence.detail("snapshots/" + name).with(Evidence.SNAPSHOT, name);
  }

  @Override
  public void undo(Work work) throws ProblemException, IOException {
    site.snapshots().remove(name(work.facts()));
  }

  /** The same before and after a crash, since it follows from the journal's first entries. */
  static String name(Facts facts) {
    return Snapshots.name(facts.sequence(), facts.from());
  }
}
