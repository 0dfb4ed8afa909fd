package org.spoolway.host.git;

import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.spoolway.host.git.CompleteTree.UnusableTreeException;
import org.spoolway.host.git.Mirror.MirrorDamage;
import org.spoolway.problem.ProblemException;

/**
 * A repository's part in a release: the release itself, or a submodule at any depth.
 *
 * @param path where it goes in the release; empty for the release itself
 * @param depth how many repositories it is below the release
 * @param url where it comes from
 * @param mirror where it is kept
 * @param object the tag or commit that is wanted
 */
record Part(String path, int depth, GitUrl url, Mirror mirror, ObjectId object) {

  /** Whether it is the release itself. */
  boolean isRelease() {
    return depth == 0;
  }

  /** The path in the release of something in this part. */
  String pathOf(String inside) {
    return isRelease() ? inside : path + "/" + inside;
  }

  /** Brings a part into its mirror. */
  @FunctionalInterface
  interface Fetch {

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
}
