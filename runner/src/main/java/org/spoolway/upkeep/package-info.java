/**
 * What is removed of results, logs and refused entries once it is too old or too much, on a thread
 * of its own that no request waits for.
 */
@NullMarked
package org.spoolway.upkeep;

import org.jspecify.annotations.NullMarked;
