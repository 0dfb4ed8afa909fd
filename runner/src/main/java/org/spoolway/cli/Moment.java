package org.spoolway.cli;

import java.time.Duration;
import java.time.Instant;

/** A time on the command line: as it is on the clock, or so long from now. */
sealed interface Moment {

  /** Which instant that is. */
  Instant at(Instant now);

  /** {@code 2026-11-21T02:00:00Z}. */
  record Absolute(Instant instant) implements Moment {
    @Override
    public Instant at(Instant now) {
      return instant;
    }
  }

  /** {@code +2h}. */
  record FromNow(Duration duration) implements Moment {
    @Override
    public Instant at(Instant now) {
      return now.plus(duration);
    }
  }
}
