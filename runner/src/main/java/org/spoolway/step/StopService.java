package org.spoolway.step;

import java.io.IOException;
import java.util.Optional;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Step.Observation;
import org.spoolway.engine.Work;
import org.spoolway.host.Services;
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
    if (facts.request().action() == Action.RESTART) {
      return Decision.run("the request asks for it");
    }
    if (site.neverMigrates(facts)) {
      return Decision.run("the data do not change, so nothing stops; going back ends here");
    }
    String why = "nobody must write while the data are copied and changed";
    boolean isAsked = facts.fact(Evidence.PENDING).isPresent();
    return Decision.run(
        isAsked || facts.request().action() != Action.UPDATE
            ? why
            : why + ", unless the release says that nothing is pending or that it only adds");
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
    if (work.facts().expands()) {
      return Evidence.skipped(
          "the release says that its migrations only add, so the old one serves meanwhile");
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
        serveAgain(old.get(), work);
      }
      new Gate(site).await(old.get(), work);
      site.ports().services().retire();
    }
  }

  /** Where the new release was not stopped, it serves until the old one takes its place. */
  private void serveAgain(Version old, Work work) throws ProblemException {
    Services services = site.ports().services();
    if (StartService.staysUp(site, work.facts()) && services.state().running()) {
      if (!old.equals(services.state().version())) {
        services.replace(old, work.output());
      }
    } else {
      services.start(old, work.output());
    }
  }

  @Override
  public Observation observe(Facts facts) {
    return site.ports().services().state().running() ? Observation.PARTIAL : Observation.PRESENT;
  }
}
