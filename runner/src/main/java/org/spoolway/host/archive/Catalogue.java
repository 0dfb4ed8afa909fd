package org.spoolway.host.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKeys;

/** Which releases there are, and who answers for them. */
interface Catalogue {

  /** All of them; see {@link org.spoolway.host.Sources#candidates}. */
  List<Candidate> candidates(Errand errand) throws ProblemException;

  /**
   * Brings an archive, provided that it is what those say whose word counts; otherwise nothing is
   * left of it.
   *
   * @param into does not exist yet, unless an earlier try has left a part of it beside it
   */
  void bring(Candidate candidate, Path into, Errand errand) throws ProblemException, IOException;

  /**
   * Who answers for a release.
   *
   * @param trust the keys that count, where each archive is signed by itself
   * @param fetched where its archive is once it was fetched
   */
  Signed signer(Candidate candidate, TrustedKeys trust, Path fetched, Errand errand)
      throws ProblemException;

  /** What its makers say of it; empty for nothing, or for nothing by those whose word counts. */
  String notes(Candidate candidate, Errand errand) throws ProblemException;
}
