package org.spoolway.host.directory;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.problem.ProblemException;
import org.spoolway.wording.TransferSize;

/**
 * Told of all that is copied; ends the copy when that is asked for, or when it becomes too much.
 */
final class CopyMeter {

  /** Between two of them nothing is told. */
  private static final long STRIDE = 1 << 20;

  private final String action;
  private final long mostBytes;
  private final Progress progress;
  private final Interruption interruption;
  private final AtomicLong beats = new AtomicLong();
  private volatile @Nullable Path at;
  private long names;
  private long bytes;

  /**
   * Nothing is copied yet.
   *
   * @param action what is done, for people
   * @param mostBytes how long all files may be together
   */
  CopyMeter(String action, long mostBytes, Progress progress, Interruption interruption) {
    this.action = action;
    this.mostBytes = mostBytes;
    this.progress = progress;
    this.interruption = interruption;
  }

  /** The next name is looked at, and perhaps opened. */
  void name(Path path) throws UnusableCandidateException, ProblemException {
    at = path;
    names++;
    if (names > TreeCopy.MOST_NAMES) {
      throw new UnusableCandidateException("it has more than " + TreeCopy.MOST_NAMES + " names");
    }
    beat();
  }

  /** More was read. */
  void bytes(int count) throws UnusableCandidateException, ProblemException {
    long before = bytes;
    bytes += count;
    if (bytes > mostBytes) {
      throw new UnusableCandidateException(
          "it is longer than the " + TransferSize.of(mostBytes) + " that `source.maxSize` allows");
    }
    if (bytes / STRIDE > before / STRIDE) {
      progress.at(null, TransferSize.of(bytes));
    }
    beat();
  }

  private void beat() throws ProblemException {
    beats.incrementAndGet();
    interruption.check(action);
  }

  /** Rises while the copy gets on. */
  long beats() {
    return beats.get();
  }

  /** What was looked at last. */
  @Nullable Path at() {
    return at;
  }
}
