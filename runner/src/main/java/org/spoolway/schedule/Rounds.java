package org.spoolway.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * What happens once in every interval of the wall clock, whenever somebody began to count.
 *
 * @param interval at least a second
 * @param phase by how much this host comes later than one without a phase, in seconds
 */
record Rounds(Duration interval, long phase) {

  /** When the interval began that an instant lies in. */
  Instant startOf(Instant now) {
    long into = Math.floorMod(now.getEpochSecond() - phase, interval.toSeconds());
    return Instant.ofEpochSecond(now.getEpochSecond() - into);
  }

  /** When the one after it begins. */
  Instant endOf(Instant now) {
    return startOf(now).plusSeconds(interval.toSeconds());
  }
}
