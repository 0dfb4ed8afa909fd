package org.spoolway.adoption;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a file, directory or link is, itself. */
record FileLook(Map<String, Object> unix) {

  private static final int OTHERS_READ = 04;
  private static final int TYPE = 0170000;
  private static final int SOCKET = 0140000;

  static FileLook at(Path path) throws IOException {
    return new FileLook(
        Files.readAttributes(
            path,
            "unix:mode,uid,gid,nlink,dev,isSymbolicLink,isDirectory,isRegularFile",
            LinkOption.NOFOLLOW_LINKS));
  }

  int mode() {
    return (Integer) value("mode");
  }

  int uid() {
    return (Integer) value("uid");
  }

  int gid() {
    return (Integer) value("gid");
  }

  int links() {
    return (Integer) value("nlink");
  }

  boolean isLink() {
    return (Boolean) value("isSymbolicLink");
  }

  boolean isDirectory() {
    return (Boolean) value("isDirectory");
  }

  boolean isFile() {
    return (Boolean) value("isRegularFile");
  }

  boolean isSocket() {
    return (mode() & TYPE) == SOCKET;
  }

  /**
   * Why it cannot be part of a release, which all of the application's group read and root owns.
   *
   * @param owner the user whose the checkout is
   */
  Optional<String> fault(int owner) {
    Optional<String> kind = faultOfKind(owner);
    boolean isSecret = uid() != owner && !isLink() && (mode() & OTHERS_READ) == 0;
    return isSecret && kind.isEmpty()
        ? Optional.of("is only for user " + uid() + " to read")
        : kind;
  }

  /**
   * The same once it may have been made root's. Further names of a file may lie anywhere, so that
   * what is copied to be cut off from them must be the owner's own.
   */
  Optional<String> faultOfKind(int owner) {
    if (!isLink() && !isDirectory() && !isFile()) {
      return Optional.of("is neither a file nor a directory nor a link");
    } else if (uid() != owner && isFile() && links() > 1) {
      return Optional.of("belongs to user " + uid() + " and has other names elsewhere");
    }
    return Optional.empty();
  }

  private Object value(String name) {
    return Objects.requireNonNull(unix.get(name), name);
  }
}
