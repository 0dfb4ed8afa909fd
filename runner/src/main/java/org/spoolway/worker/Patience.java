package org.spoolway.worker;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a worker that has no job may wait before it looks again. */
final class Patience {

  /** How often a process that should run, or a held queue, is looked at. */
  static final Duration TICK = Duration.ofSeconds(1);

  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private Patience() {}

  /**
   * The wait.
   *
   * @param paused whether an operator holds the queue, so that nothing comes due
   * @param keeping whether there is a process to keep running
   * @param look how soon an unsettled entry wants another look, or null
   * @param due when the next job's time comes, or null
   */
  static Duration of(
      Instant now,
      boolean paused,
      boolean keeping,
      @Nullable Duration look,
      @Nullable Instant due) {
    Duration wait = paused || keeping ? TICK : LONGEST;
    if (look != null) {
      wait = shorter(wait, look);
    }
    if (due != null && !paused) {
      wait = shorter(wait, Duration.between(now, due));
    }
    return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
