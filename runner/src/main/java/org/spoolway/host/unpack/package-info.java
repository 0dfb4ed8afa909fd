/**
 * Trees of files out of archives that anybody may have made; see {@link
 * org.spoolway.host.unpack.ArchiveTree}.
 */
@NullMarked
package org.spoolway.host.unpack;

import org.jspecify.annotations.NullMarked;
