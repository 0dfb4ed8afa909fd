package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * A file that is read or written as root below an application's directory. Whoever can write a
 * directory on the way to it can have its name lead to the secrets of others.
 */
public final class KeptFile {

  private KeptFile() {}

  /**
   * Refuses one that others can exchange.
   *
   * @param file need not exist
   * @param root the application's directory, above the file
   * @throws ProblemException {@code UNSAFE_PATH}, naming the directory
   */
  public static void require(Path file, Path root) throws ProblemException, IOException {
    UserPrincipal own = Files.getOwner(Path.of("/proc/self"));
    Path directory = file.getParent();
    while (directory != null && directory.startsWith(root)) {
      if (isOthers(directory, own)) {
        throw new ProblemException(
            Problem.UNSAFE_PATH,
            "cannot rely on " + file + ": others can exchange it in " + directory,
            "Run `chown --no-dereference "
                + own.getName()
                + " "
                + directory
                + "` and `chmod go-w "
                + directory
                + "`, and keep what the application writes in directories of its own below it.",
            null);
      }
      directory = directory.getParent();
    }
  }

  private static boolean isOthers(Path directory, UserPrincipal own) throws IOException {
    try {
      PosixFileAttributes is =
          Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean groupWrites =
          is.permissions().contains(PosixFilePermission.GROUP_WRITE)
              && !is.group().getName().equals("root");
      return !is.isDirectory()
          || !is.owner().equals(own)
          || groupWrites
          || is.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    } catch (NoSuchFileException notYet) {
      return false;
    }
  }
}
