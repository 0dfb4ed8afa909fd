package org.spoolway.host.unpack;

import java.time.Duration;
import org.spoolway.host.Interruption;

/** Until when an archive is gone through: for so long, and until the end is asked for. */
final class Deadline {

  private final long begun = System.nanoTime();
  private final Duration time;
  private final Interruption interruption;

  /** Begins now. */
  Deadline(Duration time, Interruption interruption) {
    this.time = time;
    this.interruption = interruption;
  }

  /**
   * Called again and again.
   *
   * @throws UnusableArchiveException once it has taken too long
   * @throws AbandonedException once the end was asked for
   */
  void check() throws UnusableArchiveException, AbandonedException {
    if (interruption.requested()) {
      throw new AbandonedException();
    }
    if (System.nanoTime() - begun > time.toNanos()) {
      throw new UnusableArchiveException(
          "it takes longer than " + time.toSeconds() + " s to unpack");
    }
  }
}
