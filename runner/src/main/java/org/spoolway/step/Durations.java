package org.spoolway.step;

import java.time.Duration;

/** Durations as people say them. */
final class Durations {

  private Durations() {}

  /** Such as {@code 850 ms}, {@code 12 s}, {@code 15 min}. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 10_000) {
      return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
    return millis < 600_000 ? millis / 1000 + " s" : millis / 60_000 + " min";
  }
}
