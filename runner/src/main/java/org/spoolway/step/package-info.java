/**
 * One class per step, behind {@link org.spoolway.step.Steps}. A step makes at most one change
 * outside, says why it is needed, and can undo itself however far it came.
 */
@NullMarked
package org.spoolway.step;

import org.jspecify.annotations.NullMarked;
