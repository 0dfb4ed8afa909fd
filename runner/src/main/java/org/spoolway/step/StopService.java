package org.spoolway.step;

import java.io.IOException;
import java.util.Optional;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Step.Observation;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Version;

/**
 * Stops the old release where its data are about to change. Its undo brings the old release back
 * and has it pass the gate, also when nothing was stopped here: then the new one took its place
 * later.
 */
final class StopService implements Step {

  private final Site site;

  StopService(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "stop";
  }

  @Override
  public boolean undoNeedsService() {
    return true;
  }

  @Override
  public Decision decide(Facts facts) {
    return Decision.run(
        facts.request().action() == Action.RESTART
            ? "the request asks for it"
            : "nobody must write while the data are copied and changed");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException {
    if (!site.hasService()) {
      return Evidence.skipped("the deployment has no service");
    }
    if (work.facts().from().isEmpty()) {
      return Evidence.skipped("nothing runs yet");
    }
    if (!work.facts().migrationPending()) {
      return Evidence.skipped("the data do not change");
    }
    String before = site.ports().services().state().detail();
    site.ports().services().stop();
    return Evidence.detail(before);
  }

  @Override
  public void undo(Work work) throws ProblemException, IOException {
    Optional<Version> old = work.facts().from();
    if (old.isPresent()) {
      if (site.hasService()) {
        site.ports().services().start(old.get(), work.output());
      }
      new Gate(site).await(old.get(), work);
    }
  }

  @Override
  public Observation observe(Facts facts) {
    return site.ports().services().state().running() ? Observation.PARTIAL : Observation.PRESENT;
  }
}
