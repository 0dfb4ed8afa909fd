/**
 * The write recipe: a temporary name in the same directory, write, force the same channel, close,
 * rename, force the directory. Everything that must survive a power cut goes through here; a failed
 * force is reported and never retried, since the kernel may have dropped the pages already.
 */
@NullMarked
package org.spoolway.durable;

import org.jspecify.annotations.NullMarked;
