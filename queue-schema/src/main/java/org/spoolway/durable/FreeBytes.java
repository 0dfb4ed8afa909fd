package org.spoolway.durable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How many bytes the caller can still write. Asks the kernel of the directory itself: {@link
 * java.nio.file.FileStore} looks for it in the table of mounts, where the root of a chroot is not.
 */
public final class FreeBytes {

  private FreeBytes() {}

  /**
   * The free bytes of a directory's file system.
   *
   * @throws NoSuchFileException when there is no such directory, which would pass for a full disk
   */
  public static long of(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    return directory.toFile().getUsableSpace();
  }
}
