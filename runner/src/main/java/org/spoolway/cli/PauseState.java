package org.spoolway.cli;

import org.jspecify.annotations.Nullable;

/**
 * Whether a queue is held, for programs.
 *
 * @param deployment whose queue
 * @param paused whether it is held
 * @param pause the hold, or the one that has ended; null when there was none
 */
record PauseState(String deployment, boolean paused, @Nullable Pause pause) {}
