/**
 * How messages speak of what other people wrote: {@link org.spoolway.wording.Quoted} shows any text
 * so that it can neither disturb a terminal nor drown a log, {@link org.spoolway.wording.Printable}
 * does the first for text of any length, and {@link org.spoolway.wording.Spelling} finds the word
 * that was probably meant.
 */
@NullMarked
package org.spoolway.wording;

import org.jspecify.annotations.NullMarked;
