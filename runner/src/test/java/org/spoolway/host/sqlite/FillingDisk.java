package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk that somebody else fills while the first copy is made. */
final class FillingDisk extends DiskDecorator {

  private boolean full;

  FillingDisk() {
    super(new LocalDisk());
  }

  @Override
  public String copy(Path from, Path to) throws IOException {
    Files.createFile(to);
    full = true;
    throw new IOException("No space left on device");
  }

  @Override
  public long free(Path directory) throws IOException {
    return full ? 0 : super.free(directory);
  }
}
