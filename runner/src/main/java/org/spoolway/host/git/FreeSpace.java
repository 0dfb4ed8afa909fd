package org.spoolway.host.git;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.FreeBytes;

/**
 * The lowest free space seen while something was written. A write that fails for want of space is
 * told apart by this, since what it wrote is often removed again before its failure is reported.
 */
final class FreeSpace {

  private static final Logger LOG = LoggerFactory.getLogger(FreeSpace.class);

  private static final long INDEX_BYTES_PER_OBJECT = 64;

  private final Path directory;
  private volatile long lowest = Long.MAX_VALUE;

  /** Watches the file system of a directory that exists. */
  FreeSpace(Path directory) {
    this.directory = directory;
  }

  /** The directory whose file system is watched. */
  Path directory() {
    return directory;
  }

  /** Looks now. */
  void look() {
    try {
      lowest = Math.min(lowest, FreeBytes.of(directory));
    } catch (IOException e) {
      // A file system that does not answer is not called full; the failed write says what it says.
      LOG.debug("the free space of {} cannot be told", directory, e);
    }
  }

  /**
   * Whether it had run out.
   *
   * @param objects how many objects were being received, for whose index there must be room too
   */
  boolean ranOut(long objects) {
    look();
    return lowest < FreeBytes.FULL_BELOW + objects * INDEX_BYTES_PER_OBJECT;
  }
}
