/**
 * What can go wrong in a way that people can put right: each kind with the sentence that says what
 * to do about it. Our own bugs are not here; they are ordinary exceptions and end with exit code
 * 70.
 */
@NullMarked
package org.spoolway.problem;

import org.jspecify.annotations.NullMarked;
