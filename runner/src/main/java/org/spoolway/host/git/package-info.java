/**
 * Releases from a git repository, over JGit: a bare mirror per deployment that is fetched
 * incrementally, and the tree of a tag written out as a release. Needs no {@code git} program,
 * reads no configuration of the user or the system, and asks nobody for a password. The mirror is a
 * cache: whatever is wrong with it, it is mended or made anew, and never a reason to fail.
 */
@NullMarked
package org.spoolway.host.git;

import org.jspecify.annotations.NullMarked;
