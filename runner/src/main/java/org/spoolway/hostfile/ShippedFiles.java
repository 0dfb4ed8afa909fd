package org.spoolway.hostfile;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Reads the files that are to go outside, from where a release or an administrator has them. */
public final class ShippedFiles {

  /** No unit or snippet that a person has written is longer. */
  public static final int MAX_BYTES = 64 << 10;

  private ShippedFiles() {}

  /**
   * The regular files of a directory, by name; empty when there is no such directory.
   *
   * @throws ProblemException {@code HOST_FILE_REFUSED} for one that is too long or no UTF-8
   */
  public static Map<String, String> in(Path directory) throws ProblemException, IOException {
    Map<String, String> files = new TreeMap<>();
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return files;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          files.put(String.valueOf(entry.getFileName()), text(entry));
        }
      }
    }
    return files;
  }

  private static String text(Path file) throws ProblemException, IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw refused(file, "it is longer than " + MAX_BYTES + " bytes");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw refused(file, "it is not UTF-8");
    }
  }

  private static ProblemException refused(Path file, String observed) {
    return new ProblemException(Problem.HOST_FILE_REFUSED, "cannot use " + file + ": " + observed);
  }
}
