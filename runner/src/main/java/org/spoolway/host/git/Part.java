package org.spoolway.host.git;

import org.eclipse.jgit.lib.ObjectId;

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
}
