package org.spoolway.host.archive;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.spoolway.problem.ProblemException;

/** Who can change a file, or what lies in a directory. */
public final class Ownership {

  /** Belongs to whoever looks. */
  private static final Path SELF = Path.of("/proc/self");

  private static final int ROOT = 0;
  private static final int OTHERS_WRITE_BIT = 02;
  private static final int GROUP_WRITE_BIT = 020;
  private static final int STICKY = 01000;

  private Ownership() {}

  /**
   * Whether nobody can change it, or exchange what it lies in, but root and the account of this
   * process. Where that is not root, the members of a group are those whom the account has let in.
   */
  public static boolean isOwn(Path path) throws IOException {
    return isOwn(owner(SELF), path);
  }

  /** The same of another account. */
  static boolean isOwn(int self, Path path) throws IOException {
    Path real = path.toRealPath();
    boolean isOwn = isOf(self, real) && !isWrittenByOthers(self, real);
    for (Path above = real.getParent(); isOwn && above != null; above = above.getParent()) {
      boolean keepsNames = (mode(above) & STICKY) != 0;
      isOwn = isOf(self, above) && (keepsNames || !isWrittenByOthers(self, above));
    }
    return isOwn;
  }

  private static boolean isOf(int self, Path path) throws IOException {
    int owner = owner(path);
    return owner == ROOT || owner == self;
  }

  private static boolean isWrittenByOthers(int self, Path path) throws IOException {
    return (mode(path) & (self == ROOT ? OTHERS_WRITE_BIT | GROUP_WRITE_BIT : OTHERS_WRITE_BIT))
        != 0;
  }

  /** Who must not be able to, in words. */
  public static String others() throws IOException {
    return owner(SELF) == ROOT ? "others than root" : "others than root and the runner's account";
  }

  /**
   * Refuses a directory of releases that somebody else could change.
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
    return isOwn(Files.getOwner(SELF), name);
  }

  /** The same of another account. */
  static boolean isOwn(UserPrincipal self, PosixFileAttributes name) throws IOException {
    UserPrincipal root =
        FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("root");
    Set<PosixFilePermission> mode = name.permissions();
    boolean isWrittenByOthers =
        mode.contains(PosixFilePermission.OTHERS_WRITE)
            || (self.equals(root) && mode.contains(PosixFilePermission.GROUP_WRITE));
    // A link shows all modes and has none.
    return (name.isSymbolicLink() || !isWrittenByOthers)
        && (name.owner().equals(root) || name.owner().equals(self));
  }

  private static int owner(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode");
  }
}
