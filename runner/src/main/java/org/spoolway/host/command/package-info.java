/**
 * Data of which nothing is known but the commands that copy them and put them back. What these
 * write is taken for whole only once it is the runner's own, on disk, and written down file by file
 * with checksums; what they do to the data themselves is taken on trust. Commands that put data
 * back may be cut short anywhere, so that this is written down before they begin: what is there
 * then is nobody's, and is neither kept nor asked for.
 */
@NullMarked
package org.spoolway.host.command;

import org.jspecify.annotations.NullMarked;
