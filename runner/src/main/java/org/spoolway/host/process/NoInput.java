package org.spoolway.host.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.spoolway.durable.DurableFiles;

/**
 * What a process reads that is given nothing to read: an empty file of its deployment's own, by
 * which it is found again. It is handed on before anything of a program runs, and also by whoever
 * clears the environment, leaves the session and loses the parent.
 */
final class NoInput {

  /** Whoever it is handed to may open it anew, through {@code /dev/stdin}. */
  private static final String READ_ONLY = "r--r--r--";

  private NoInput() {}

  /**
   * Makes the file, unless it is there and empty.
   *
   * @throws Unstartable when it cannot be made
   */
  static Redirect from(Path file) throws Unstartable {
    try {
      if (!isEmptyFile(file)) {
        // Not forced: no process outlives a power cut.
        DurableFiles.publish(file, new byte[0], READ_ONLY);
      }
      return Redirect.from(file.toFile());
    } catch (IOException e) {
      throw new Unstartable("its empty standard input " + file + " cannot be made: " + e);
    }
  }

  private static boolean isEmptyFile(Path file) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() && attributes.size() == 0;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
