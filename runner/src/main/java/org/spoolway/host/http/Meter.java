package org.spoolway.host.http;

import org.jspecify.annotations.Nullable;
import org.spoolway.host.Progress;
import org.spoolway.wording.TransferSize;

/** Tells now and then how far a file is. */
final class Meter {

  private static final long TELL_NANOS = 200_000_000;

  private final Progress progress;
  private long told = System.nanoTime() - TELL_NANOS;

  Meter(Progress progress) {
    this.progress = progress;
  }

  /**
   * Tells, unless it did so just before.
   *
   * @param total all bytes, or null when nobody knows how many there will be
   */
  void tell(long bytes, @Nullable Long total) {
    long now = System.nanoTime();
    if (now - told < TELL_NANOS) {
      return;
    }
    told = now;
    String size = TransferSize.of(bytes);
    if (total == null || total == 0) {
      progress.at(null, size);
    } else {
      progress.at(Math.min(1.0, (double) bytes / total), size + " of " + TransferSize.of(total));
    }
  }

  /** Tells that all has come. */
  void finished(long bytes) {
    String size = TransferSize.of(bytes);
    progress.at(1.0, size + " of " + size);
  }
}
