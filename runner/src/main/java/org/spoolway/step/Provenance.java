package org.spoolway.step;

import java.io.IOException;
import java.util.Optional;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.trust.TrustedKey;
import org.spoolway.trust.TrustedKeys;
import org.spoolway.trust.VerifiedReleases;
import org.spoolway.trust.VerifiedReleases.Verified;

/** Whether releases are by those whose keys the deployment names. */
final class Provenance {

  private final Site site;
  private final TrustedKeys trust;
  private final VerifiedReleases verified;

  Provenance(Site site) {
    this.site = site;
    this.trust = site.deployment().source().trust();
    this.verified = new VerifiedReleases(site.state().verifiedReleases());
  }

  /** Whether anybody has to sign. */
  boolean isAsked() {
    return !trust.isEmpty();
  }

  /**
   * Looks whose a release is.
   *
   * @return the key that has signed it
   * @throws ProblemException {@code SIGNATURE_REFUSED}, {@code TAG_MOVED}, and what a source may
   *     say
   */
  TrustedKey of(Candidate candidate) throws ProblemException, IOException {
    verified.requireSame(candidate.version(), candidate.tag(), candidate.object());
    return site.ports().sources().signer(candidate, trust);
  }

  /** The same for what is shown only beside another: false when nobody who counts has signed it. */
  boolean isKnown(Candidate candidate) throws ProblemException, IOException {
    try {
      of(candidate);
      return true;
    } catch (ProblemException e) {
      if (e.problem() == Problem.SIGNATURE_REFUSED || e.problem() == Problem.TAG_MOVED) {
        return false;
      }
      throw e;
    }
  }

  /** Writes down whose it was found to be. */
  void note(Candidate candidate, TrustedKey signer) throws ProblemException, IOException {
    verified.add(
        candidate.version(),
        new Verified(candidate.object(), signer.name(), site.clock().instant()));
  }

  /** Who was found to have signed a release, or empty. */
  Optional<String> noted(Version version) throws ProblemException, IOException {
    return verified.find(version).map(Verified::signer);
  }
}
