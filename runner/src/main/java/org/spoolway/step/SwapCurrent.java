package org.spoolway.step;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.spoolway.deployment.Deployment;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Step.Observation;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Makes the new release live, in one rename. */
final class SwapCurrent implements Step {

  private final Site site;

  SwapCurrent(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "swap";
  }

  @Override
  public Decision decide(Facts facts) {
    String from = facts.from().map(Version::text).orElse("nothing");
    return Decision.run("current leads to " + from + " and is to lead to " + facts.to());
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    // From the next line on a start of the host finds the new release, so who would put the old one
    // back must be there before.
    site.ports().handover().guard(work.facts().from(), work.facts().to(), proof());
    site.current().pointTo(work.facts().to());
    return Evidence.detail("current -> releases/" + work.facts().to());
  }

  private Duration proof() {
    Deployment.Health health = site.deployment().health();
    return health.timeout().plus(health.bake());
  }

  @Override
  public void undo(Work work) throws IOException {
    Optional<Version> old = work.facts().from();
    if (old.isPresent()) {
      site.current().pointTo(old.get());
    } else {
      site.current().remove();
    }
  }

  @Override
  public Observation observe(Facts facts) throws IOException {
    boolean live = site.current().version().equals(Optional.of(facts.to()));
    return live ? Observation.PRESENT : Observation.ABSENT;
  }
}
