package org.spoolway.step;

import java.io.IOException;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKeys;
import org.spoolway.trust.VerifiedReleases;

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
    return site.deployment().source().isSigned();
  }

  /**
   * Looks whose a release is.
   *
   * @throws ProblemException {@code SIGNATURE_REFUSED}, {@code TAG_MOVED}, and what a source may
   *     say
   */
  Signed of(Candidate candidate) throws ProblemException, IOException {
    Signed signed = site.ports().sources().signer(candidate, trust);
    String unit = site.deployment().source().place().unit();
    verified.requireSame(candidate.version(), unit + " " + candidate.tag(), signed);
    return signed;
  }

  /** The same for what is shown only beside another: false when nobody who counts has signed it. */
  boolean isKnown(Candidate candidate) throws ProblemException, IOException {
    try {
      of(candidate);
      return true;
    } catch (ProblemException e) {
      requireRefusal(e);
      return false;
    }
  }

  /**
   * Lets that pass which says that nobody who counts has signed a release.
   *
   * @throws ProblemException any other
   */
  static void requireRefusal(ProblemException problem) throws ProblemException {
    if (problem.problem() != Problem.SIGNATURE_REFUSED && problem.problem() != Problem.TAG_MOVED) {
      throw problem;
    }
  }

  /** Writes down whose it was found to be. */
  void note(Version version, Signed signed) throws ProblemException, IOException {
    verified.add(version, signed, site.clock().instant());
  }

  /** Writes down that the release on this host is made of what was signed. */
  void noteMade(Version version) throws ProblemException, IOException {
    verified.madeHere(version);
  }

  /** Before anything is fetched in place of what was signed perhaps. */
  void noteGone(Version version) throws ProblemException, IOException {
    verified.goneFromHere(version);
  }

  /**
   * Refuses to go to a release on this host that is by nobody who counts.
   *
   * @throws ProblemException {@code SIGNATURE_REFUSED}
   */
  void requireSignedHere(Version version) throws ProblemException, IOException {
    if (isAsked()) {
      signerHere(version);
    }
  }

  /**
   * Who has signed what the release on this host is made of.
   *
   * @throws ProblemException {@code SIGNATURE_REFUSED} when nobody has, as far as is known
   */
  String signerHere(Version version) throws ProblemException, IOException {
    String signer = verified.signerHere(version);
    if (signer == null) {
      throw new ProblemException(
          Problem.SIGNATURE_REFUSED,
          "cannot trust the release "
              + version
              + " that is here: it was fetched while `source.trust` named no keys",
          "Remove its directory below `releases/` and ask for it by `update`; it is then fetched"
              + " anew and checked.",
          null);
    }
    return signer;
  }
}
