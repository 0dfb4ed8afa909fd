/**
 * The border: inboxes are listed, an entry is claimed by one rename into a private directory before
 * anything is opened, looked at there, read once, and either becomes a journal or is put away with
 * a result that says why. Nothing here opens or creates a name in a directory that somebody less
 * privileged can write.
 */
@NullMarked
package org.spoolway.spool;

import org.jspecify.annotations.NullMarked;
