package org.spoolway.step;

import java.io.IOException;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.Signed;

/**
 * Vouches for what was fetched, once the deployment names keys. Who has signed it was asked by
 * {@link ResolveUpdate} already, before anything of it was unpacked, so that a plan tells it; here
 * it is asked once more of what is going to be built, and written down.
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
  public Decision decide(Facts facts) throws ProblemException, IOException {
    if (!provenance.isAsked()) {
      return Decision.skip("`source.trust` names no keys");
    } else if (site.releases().isSealed(facts.to())) {
      String signer = provenance.signerHere(facts.to());
      return Decision.skip("release " + facts.to() + " is here, signed by the " + signer);
    }
    return Decision.run(
        facts
            .fact(Evidence.SIGNER)
            .map(signer -> facts.to() + " is signed by the " + signer)
            .orElse("only what the keys of `source.trust` have signed is installed"));
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Candidate candidate = FetchRelease.candidate(work.facts());
    Signed signed = provenance.of(candidate);
    provenance.note(candidate.version(), signed);
    provenance.noteMade(candidate.version());
    return Evidence.detail(candidate.tag() + " is signed by the " + signed.by());
  }

  /** What was found stays true. */
  @Override
  public boolean undoable() {
    return false;
  }
}
