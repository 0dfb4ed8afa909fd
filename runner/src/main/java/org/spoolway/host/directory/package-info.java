/**
 * Releases that are candidates in a directory of this host: programs and trees, each of which tells
 * its version when it is asked. The directory may be somebody's who has less privileges than the
 * runner, so nothing of it is looked at, run or installed but a copy that is the runner's own.
 */
@NullMarked
package org.spoolway.host.directory;

import org.jspecify.annotations.NullMarked;
