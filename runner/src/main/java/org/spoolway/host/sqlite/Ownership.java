package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

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
