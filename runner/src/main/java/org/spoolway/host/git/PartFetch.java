package org.spoolway.host.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Repository;
import org.spoolway.problem.ProblemException;

/** Brings one part of a release into its mirror. */
@FunctionalInterface
interface PartFetch {

  /**
   * Receives what the mirror lacks.
   *
   * @return the part's tree, of which everything is there now
   * @throws RemoteFailure when it cannot be had
   * @throws MirrorDamage when the mirror stands in the way
   * @throws UnusableTreeException when it cannot be part of a release
   * @throws ProblemException when the tag was moved
   * @throws IOException when the mirror cannot be written, or nobody waits any more
   */
  CompleteTree receive(Repository mirror)
      throws RemoteFailure, MirrorDamage, UnusableTreeException, ProblemException, IOException;
}
