package org.spoolway.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * A directory with its owner and mode. It is given away last, so that nobody else could write there
 * while this still works in it, and never made below one that somebody else could write.
 *
 * @param path where
 * @param mode such as {@code rwxr-x---}
 * @param owner whom it is given to, or null for the runner's own
 */
record Place(Path path, String mode, @Nullable Recipient owner) implements Provision {

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> PASSABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");

  @Override
  public Optional<String> missing() throws ProblemException, IOException {
    PosixFileAttributes is;
    try {
      is = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return Optional.of(
          "make the directory " + path + (owner == null ? "" : " for " + owner.name()));
    }
    if (!is.isDirectory()) {
      throw new ProblemException(
          Problem.INSTALL_FAILED,
          "cannot use " + path + ": it is no directory",
          "Move it away, then install again.",
          null);
    }
    return isHalf(is)
        ? Optional.of("give the directory " + path + " its owner and mode")
        : Optional.empty();
  }

  /** As {@link #bring} leaves it when it is cut short; what is otherwise is somebody's will. */
  private boolean isHalf(PosixFileAttributes is) {
    boolean isPrivate = is.permissions().equals(PRIVATE);
    if (owner == null) {
      return isPrivate && !mode.equals(PosixFilePermissions.toString(PRIVATE));
    }
    boolean isReady = is.permissions().equals(PosixFilePermissions.fromString(mode));
    return !is.owner().getName().equals(owner.name()) && (isPrivate || isReady);
  }

  @Override
  public void bring() throws ProblemException, IOException {
    Path parent = Objects.requireNonNull(path.getParent());
    requireSafe(existing(parent));
    Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(PASSABLE));
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PRIVATE));
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (owner != null) {
      view.setGroup(owner.group());
    }
    view.setPermissions(PosixFilePermissions.fromString(mode));
    if (owner != null) {
      view.setOwner(owner.user());
    }
  }

  private static Path existing(Path path) {
    Path there = path;
    while (Files.notExists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = Objects.requireNonNull(there.getParent());
    }
    return there;
  }

  private void requireSafe(Path parent) throws ProblemException, IOException {
    PosixFileAttributes above =
        Files.readAttributes(parent, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    boolean others =
        above.permissions().contains(PosixFilePermission.OTHERS_WRITE)
            || (above.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !above.group().getName().equals("root"));
    boolean own = Files.getOwner(Path.of("/proc/self")).equals(above.owner());
    if (others || !above.isDirectory() || !own) {
      throw new ProblemException(
          Problem.UNSAFE_PATH,
          "cannot make " + path + ": others can write " + parent,
          "Have the application make it itself, or give " + parent + " back to root.",
          null);
    }
  }
}
