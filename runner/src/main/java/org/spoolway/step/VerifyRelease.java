package org.spoolway.step;

import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Checks who made the release, once the deployment names keys; fails closed where it cannot check.
 */
final class VerifyRelease implements Step {

  private final Site site;

  VerifyRelease(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public Decision decide(Facts facts) {
    return site.deployment().source().trust().isEmpty()
        ? Decision.skip("`source.trust` names no keys")
        : Decision.run("only what these keys have signed is installed");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException {
    throw new ProblemException(
        Problem.SOURCE_UNUSABLE,
        "cannot verify "
            + work.facts().to()
            + ": this version of Spoolway checks no signatures yet",
        "Remove the keys from `source.trust`, or use a version of Spoolway that checks them.",
        null);
  }
}
