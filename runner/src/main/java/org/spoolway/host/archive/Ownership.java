package org.spoolway.host.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.spoolway.problem.ProblemException;

/** Who can change a file, or what lies in a directory. */
public final class Ownership {

  /** Belongs to whoever looks. */
  private static final Path SELF = Path.of("/proc/self");

  private static final int ROOT = 0;
  private static final int OTHERS_WRITE = 022;
  private static final int STICKY = 01000;

  private static final Set<PosixFilePermission> WRITTEN_BY_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private Ownership() {}

  /**
   * Whether nobody can change it who is less privileged than this process. Only root asks: what
   * others may read and write is their own affair.
   */
  public static boolean isOwn(Path path) throws IOException {
    if (owner(SELF) != ROOT) {
      return true;
    }
    Path real = path.toRealPath();
    boolean isOwn = owner(real) == ROOT && (mode(real) & OTHERS_WRITE) == 0;
    for (Path above = real.getParent(); isOwn && above != null; above = above.getParent()) {
      int mode = mode(above);
      isOwn = owner(above) == ROOT && ((mode & OTHERS_WRITE) == 0 || (mode & STICKY) != 0);
    }
    return isOwn;
  }

  /**
   * Refuses a directory of releases that is not root's alone, where root asks.
   *
   * @param action what cannot be done then, such as {@code look for releases}
   * @throws ProblemException {@code SOURCE_UNREACHABLE}
   */
  public static void requireOwn(String action, Path directory) throws ProblemException {
    try {
      if (!isOwn(directory)) {
        throw Problems.writableByOthers(action, directory);
      }
    } catch (IOException e) {
      throw Problems.unread(action, e);
    }
  }

  /**
   * The same of one name, whatever lies above it: what this tells of a directory that is open holds
   * for all that is looked up in it.
   */
  public static boolean isOwn(PosixFileAttributes name) throws IOException {
    if (owner(SELF) != ROOT) {
      return true;
    }
    // A link shows all modes and has none.
    boolean isOwnAlone =
        name.isSymbolicLink() || name.permissions().stream().noneMatch(WRITTEN_BY_OTHERS::contains);
    return isOwnAlone && name.owner().equals(Files.getOwner(SELF));
  }

  private static int owner(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode");
  }
}
