/**
 * The files of a release that lie outside of it, since others read them: units, tmpfiles.d and the
 * proxy's snippet. Which there are, what a deployment may not put into them, how they differ from
 * what lies there, and how they are exchanged and put back.
 */
@NullMarked
package org.spoolway.hostfile;

import org.jspecify.annotations.NullMarked;
