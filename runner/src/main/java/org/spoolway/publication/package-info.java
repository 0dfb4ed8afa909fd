/**
 * The maker's side of a channel: a directory with its two kinds of files, what is added to them and
 * signed, and a look at all of it with a host's eyes.
 */
@NullMarked
package org.spoolway.publication;

import org.jspecify.annotations.NullMarked;
