package org.spoolway.host.unpack;

import java.time.Duration;

/**
 * How large the tree of an archive may be.
 *
 * @param bytes how many bytes its files may have together, whatever the archive says of their sizes
 * @param entries how many files, directories and links there may be, also those directories that
 *     only the names of others tell of
 * @param time how long it may take to go through it, since a small archive can be made to take days
 */
public record ArchiveLimits(long bytes, int entries, Duration time) {

  private static final int USUAL_ENTRIES = 200_000;
  private static final Duration USUAL_TIME = Duration.ofHours(1);

  /** Limits with the usual number of entries, 200,000. */
  public ArchiveLimits(long bytes, Duration time) {
    this(bytes, USUAL_ENTRIES, time);
  }

  /** Limits with the usual number of entries and the usual time. */
  ArchiveLimits(long bytes) {
    this(bytes, USUAL_ENTRIES, USUAL_TIME);
  }

  /** Limits with the usual time, an hour. */
  ArchiveLimits(long bytes, int entries) {
    this(bytes, entries, USUAL_TIME);
  }
}
