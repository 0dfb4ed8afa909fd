package org.spoolway.host.unpack;

import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.spoolway.host.Progress;

/**
 * Counts what comes out of an archive: ends it at the limit and when asked to, and tells how far it
 * is.
 */
final class UnpackMeter {

  private static final long TELL_NANOS = 200_000_000;

  private final long maxBytes;
  private final DoubleSupplier fraction;
  private final Progress progress;
  private final Deadline deadline;
  private long bytes;
  private long files;
  private long told = System.nanoTime();

  /**
   * Starts at nothing.
   *
   * @param fraction how much of the archive was read, 0.0 to 1.0
   */
  UnpackMeter(long maxBytes, DoubleSupplier fraction, Progress progress, Deadline deadline) {
    this.maxBytes = maxBytes;
    this.fraction = fraction;
    this.progress = progress;
    this.deadline = deadline;
  }

  /**
   * There are so many bytes more, which were not written yet.
   *
   * @throws UnusableArchiveException when they are too many
   */
  void bytes(int more) throws UnusableArchiveException, AbandonedException {
    bytes += more;
    if (bytes > maxBytes) {
      throw new UnusableArchiveException("it unpacks to more than " + described(maxBytes));
    }
    beat();
  }

  /** There is one file more. */
  void file() {
    files++;
  }

  /** Called for each part of the work. */
  void beat() throws UnusableArchiveException, AbandonedException {
    deadline.check();
    if (System.nanoTime() - told > TELL_NANOS) {
      tell(fraction.getAsDouble());
    }
  }

  /** All is done. */
  void finish() {
    tell(1.0);
  }

  private void tell(double part) {
    told = System.nanoTime();
    progress.at(part, described(bytes) + ", " + files + " files");
  }

  private static String described(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%d kB", (bytes + 999) / 1000)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
