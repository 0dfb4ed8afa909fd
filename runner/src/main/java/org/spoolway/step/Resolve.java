package org.spoolway.step;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.VersionChoice;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Work;
import org.spoolway.host.HealthProbe;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Version;

/** Finds out where a job leads, and how well what is live was before; only looks. */
abstract class Resolve implements Step {

  final Site site;

  Resolve(Site site) {
    this.site = site;
  }

  @Override
  public final String name() {
    return "resolve";
  }

  @Override
  public final boolean looksOnly() {
    return true;
  }

  /** Finds out, and leaves what it found. */
  abstract Evidence find(Work work) throws ProblemException, IOException;

  @Override
  public final Evidence apply(Work work) throws ProblemException, IOException {
    Evidence found = find(work);
    boolean changes =
        found.fact(Evidence.UNCHANGED).isEmpty()
            && !work.facts().request().dryRun()
            && work.facts().request().action() != Action.CHECK;
    return changes ? found.with(Evidence.SICK_BEFORE, sickness(work)) : found;
  }

  /**
   * What is wrong with the release that is live, or null: going back can make it no better than it
   * was.
   */
  private @Nullable String sickness(Work work) {
    Version live = work.facts().from().orElse(null);
    if (live == null) {
      return null;
    }
    if (site.hasService() && !site.ports().services().state().running()) {
      return "it did not run";
    }
    if (site.deployment().health().url() == null) {
      return null;
    }
    HealthProbe.Answer answer = site.ports().probe().ask(live, work.interruption());
    return answer.passes() ? null : answer.observed();
  }

  /**
   * The live release, for what makes no sense without one.
   *
   * @param verb what cannot be done then
   */
  static Version live(Facts facts, String verb) throws ProblemException {
    return facts
        .from()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.NOT_INSTALLED, "cannot " + verb + ": no release is live"));
  }

  /** The deployment's rules for choosing a version, as things stand. */
  final VersionChoice rules() throws IOException {
    Deployment.Source source = site.deployment().source();
    return new VersionChoice(
        source.channel(),
        source.pin(),
        site.current().version(),
        site.history().highestThatRan(),
        site.history().goneBackFrom());
  }
}
