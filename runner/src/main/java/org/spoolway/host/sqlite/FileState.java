package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A plain file, as it was when looked at.
 *
 * @param bytes its size
 * @param modified when its content was last written, as precise as the file system tells
 * @param owner whose it is and who may use it
 */
record FileState(long bytes, FileTime modified, Ownership owner) {

  private static final String ATTRIBUTES = "unix:mode,uid,gid,size,lastModifiedTime";
  private static final int TYPE = 0170000;
  private static final int PLAIN = 0100000;
  private static final int LINK = 0120000;

  /**
   * Looks at a file without opening it.
   *
   * @return null when there is none
   * @throws IOException also when it is a link, a directory or anything but a plain file
   */
  static @Nullable FileState of(Path file) throws IOException {
    Map<String, Object> found;
    try {
      found = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException absent) {
      return null;
    }
    int mode = number(found, "mode");
    if ((mode & TYPE) != PLAIN) {
      throw new NotPlainException(file, (mode & TYPE) == LINK);
    }
    return new FileState(
        value(found, "size", Long.class),
        value(found, "lastModifiedTime", FileTime.class),
        new Ownership(number(found, "uid"), number(found, "gid"), mode & Ownership.PERMISSIONS));
  }

  private static int number(Map<String, Object> found, String name) {
    return value(found, name, Integer.class);
  }

  private static <T> T value(Map<String, Object> found, String name, Class<T> type) {
    return type.cast(Objects.requireNonNull(found.get(name), name));
  }

  /** What was found is no plain file. */
  static final class NotPlainException extends IOException {
    private static final long serialVersionUID = 1L;

    NotPlainException(String message) {
      super(message);
    }

    NotPlainException(Path file, boolean link) {
      super(file + (link ? " is a symbolic link" : " is not a plain file"));
    }
  }

  /**
   * Whose a file is and who may use it.
   *
   * @param mode the permission bits alone
   */
  record Ownership(int uid, int gid, int mode) {

    static final int PERMISSIONS = 0777;

    private static final LinkOption NO_LINKS = LinkOption.NOFOLLOW_LINKS;

    /** Gives a file away; only root can give it to another user. */
    void apply(Path file) throws IOException {
      FileState present = FileState.of(file);
      if (present == null) {
        throw new IOException(file + " has vanished");
      }
      if (present.owner().uid() != uid) {
        Files.setAttribute(file, "unix:uid", uid, NO_LINKS);
      }
      if (present.owner().gid() != gid) {
        Files.setAttribute(file, "unix:gid", gid, NO_LINKS);
      }
      Files.setAttribute(file, "unix:mode", mode, NO_LINKS);
    }
  }
}
