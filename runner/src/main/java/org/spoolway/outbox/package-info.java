/**
 * Tells people of outcomes, in order and at least once: a message is on the disk before the result
 * that it tells of, and goes once every channel has delivered it. Each channel has its own thread
 * and its own progress, so that none holds another up, or a job. What is told, and how it is
 * worded, encoded and signed, is pure.
 */
@NullMarked
package org.spoolway.outbox;

import org.jspecify.annotations.NullMarked;
