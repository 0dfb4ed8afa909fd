package org.spoolway.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;

/**
 * A directory of the spool that is open. Each part of its path was looked up in the one before
 * without following a link, and what is done through it is done in that very directory, whatever
 * becomes of the path meanwhile.
 */
final class OpenDirectory implements Closeable {

  private final SecureDirectoryStream<Path> stream;

  private OpenDirectory(SecureDirectoryStream<Path> stream) {
    this.stream = stream;
  }

  /**
   * Opens a directory below another one.
   *
   * @param above itself reached as its path says, links included: they are the administrator's
   * @throws java.nio.file.FileSystemException also when a part of what is below is a link
   */
  static OpenDirectory open(Path above, Path directory) throws IOException {
    Path below = above.relativize(directory);
    SecureDirectoryStream<Path> open;
    try (DirectoryStream<Path> start = Files.newDirectoryStream(above)) {
      // On Linux all are.
      open = inner((SecureDirectoryStream<Path>) start, below.getName(0));
    }
    for (int i = 1; i < below.getNameCount(); i++) {
      try (SecureDirectoryStream<Path> outer = open) {
        open = inner(outer, below.getName(i));
      }
    }
    return new OpenDirectory(open);
  }

  private static SecureDirectoryStream<Path> inner(SecureDirectoryStream<Path> outer, Path name)
      throws IOException {
    return outer.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
  }

  /** Its names, as paths; they can be gone through once. */
  DirectoryStream<Path> names() {
    return stream;
  }

  /**
   * Renames an entry into another directory; opens nothing and follows nothing.
   *
   * @param target relative to the other directory; replaced without a word if it is there
   * @throws java.nio.file.AtomicMoveNotSupportedException when the two are on two file systems
   */
  void move(Path name, OpenDirectory to, Path target) throws IOException {
    stream.move(name, to.stream, target);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
