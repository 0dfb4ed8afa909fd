package org.spoolway.host.unpack;

/**
 * How large the tree of an archive may be.
 *
 * @param bytes how many bytes its files may have together, whatever the archive says of their sizes
 * @param entries how many files, directories and links there may be, also those directories that
 *     only the names of others tell of
 */
public record ArchiveLimits(long bytes, int entries) {

  private static final int USUAL_ENTRIES = 200_000;

  /** Limits with the usual number of entries, 200,000. */
  public ArchiveLimits(long bytes) {
    this(bytes, USUAL_ENTRIES);
  }
}
