/**
 * The life of a job and of its steps, as data. {@link org.spoolway.lifecycle.JobState} is the one
 * table: every state with what is on disk, what leads out of it and what a restart does.
 */
@NullMarked
package org.spoolway.lifecycle;

import org.jspecify.annotations.NullMarked;
