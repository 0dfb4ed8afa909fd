/**
 * Looks at a deployment from beside its runner, which may live or not, and changes nothing: whether
 * a runner lives, where a request is, what waits, what a plan would be, what is wrong. What the
 * looking user may not read is named, not guessed.
 */
@NullMarked
package org.spoolway.inspect;

import org.jspecify.annotations.NullMarked;
