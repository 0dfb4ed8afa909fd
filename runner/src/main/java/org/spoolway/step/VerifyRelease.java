package org.spoolway.step;

import java.io.IOException;
import java.util.Optional;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.TrustedKey;

/**
 * Checks who made the release, once the deployment names keys: before anything of it is written
 * where it could run, and in a dry run too.
 */
final class VerifyRelease implements Step {

  private final Site site;
  private final Provenance provenance;

  VerifyRelease(Site site) {
    this.site = site;
    this.provenance = new Provenance(site);
  }

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public boolean looksOnly() {
    return true;
  }

  /** A release that is here already counts as verified only if it was. */
  @Override
  public Decision decide(Facts facts) throws ProblemException, IOException {
    if (!provenance.isAsked()) {
      return Decision.skip("`source.trust` names no keys");
    } else if (!site.releases().isSealed(facts.to())) {
      return Decision.run("only what the keys of `source.trust` have signed is installed");
    }
    Optional<String> signer = provenance.noted(facts.to());
    if (signer.isEmpty()) {
      throw new ProblemException(
          Problem.SIGNATURE_REFUSED,
          "cannot trust the release "
              + facts.to()
              + " that is here: it was fetched before `source.trust` named keys",
          "Remove its directory below `releases/` and ask again; it is then fetched anew and checked.",
          null);
    }
    return Decision.run("release " + facts.to() + " is here, signed by the " + signer.get());
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Candidate candidate = FetchRelease.candidate(work.facts());
    TrustedKey signer = provenance.of(candidate);
    if (!work.facts().request().dryRun()) {
      provenance.note(candidate, signer);
    }
    return Evidence.detail(candidate.tag() + " is signed by the " + signer.name());
  }
}
