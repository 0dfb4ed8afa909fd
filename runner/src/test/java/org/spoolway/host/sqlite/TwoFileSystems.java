package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Path;

/** A disk on which one directory is a file system of its own, with all below it. */
final class TwoFileSystems extends DiskDecorator {

  private final Path other;

  TwoFileSystems(Path other) {
    super(new LocalDisk());
    this.other = other;
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    if (from.startsWith(other) != to.startsWith(other)) {
      throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "EXDEV");
    }
    super.rename(from, to);
  }
}
