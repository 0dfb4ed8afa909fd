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

  /** With less than this a file system counts as full: what failed is often removed again. */
  public static final long FULL_BELOW = 1 << 20;

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

  /**
   * Whether a write there failed for want of space. A file system that does not answer is not
   * called full: the failed write says what it says.
   */
  public static boolean haveRunOut(Path directory) {
    try {
      return of(directory) < FULL_BELOW;
    } catch (IOException untold) {
      return false;
    }
  }
}
