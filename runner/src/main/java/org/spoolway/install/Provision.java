package org.spoolway.install;

import java.io.IOException;
import java.util.Optional;
import org.spoolway.problem.ProblemException;

/** One thing that a host must have for a deployment. */
public interface Provision {

  /**
   * What is to be done for it, as a phrase such as {@code create the account notes}; empty when all
   * is as it should be. Looks, and changes nothing.
   */
  Optional<String> missing() throws ProblemException, IOException;

  /**
   * Brings it; may be repeated, also after having been cut short anywhere.
   *
   * @throws ProblemException {@code INSTALL_FAILED} with what the host answered
   */
  void bring() throws ProblemException, IOException;
}
