/**
 * Releases that are files: archives that lie in a directory or on a server, each signed by a small
 * file beside it. What reaches servers stands behind {@link org.spoolway.host.archive.Web}.
 */
@NullMarked
package org.spoolway.host.archive;

import org.jspecify.annotations.NullMarked;
