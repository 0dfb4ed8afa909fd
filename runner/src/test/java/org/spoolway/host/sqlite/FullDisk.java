package org.spoolway.host.sqlite;

import java.nio.file.Path;

/** A disk without room. */
final class FullDisk extends DiskDecorator {

  FullDisk() {
    super(new LocalDisk());
  }

  @Override
  public long free(Path directory) {
    return 0;
  }
}
