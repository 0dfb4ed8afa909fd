package org.spoolway.adoption;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.function.Consumer;
import org.spoolway.durable.DurableFiles;

/**
 * Changes of names, each of which survives a power cut when it returns. Whether one is to be done
 * is asked of the disk, so all may be repeated, forwards and backwards.
 */
final class Moves {

  private final Consumer<String> told;

  /**
   * Prepares some.
   *
   * @param told is told of each change right before it is made
   */
  Moves(Consumer<String> told) {
    this.told = told;
  }

  static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Gives a file or directory another name.
   *
   * @throws IOException also when both names are there, or neither
   */
  void move(Path from, Path to) throws IOException {
    if (exists(from) && exists(to)) {
      throw new IOException("cannot move " + from + ": there is a " + to + " already");
    } else if (exists(to)) {
      return;
    }
    told.accept("move " + from + " to " + to);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.forceDirectory(parent(from));
    DurableFiles.forceDirectory(parent(to));
  }

  /** Moves what outlives a release out of it, and leads its name there. */
  void share(Path name, Path shared) throws IOException {
    if (!leadsTo(name, shared)) {
      if (exists(name) || !exists(shared)) {
        move(name, shared);
      }
      link(name, parent(name).relativize(shared));
    }
  }

  /** Puts what was shared back in the place of the link. */
  void unshare(Path name, Path shared) throws IOException {
    if (exists(shared)) {
      unlink(name, parent(name).relativize(shared));
      move(shared, name);
    }
  }

  private static boolean leadsTo(Path link, Path to) throws IOException {
    return leadsBy(link, parent(link).relativize(to));
  }

  private static boolean leadsBy(Path link, Path target) throws IOException {
    return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target);
  }

  /** Makes a link, unless it is there. */
  void link(Path name, Path target) throws IOException {
    if (!leadsBy(name, target)) {
      told.accept("lead " + name + " to " + target);
      Files.createSymbolicLink(name, target);
      DurableFiles.forceDirectory(parent(name));
    }
  }

  /** Removes a link that leads where it was made to lead, and none else. */
  void unlink(Path name, Path target) throws IOException {
    if (leadsBy(name, target)) {
      told.accept("remove the link " + name);
      Files.delete(name);
      DurableFiles.forceDirectory(parent(name));
    }
  }

  /**
   * Makes a directory of this process's own, unless it is there.
   *
   * @param mode such as {@code rwxr-xr-x}, whatever the umask
   */
  void directory(Path path, String mode) throws IOException {
    var permissions = PosixFilePermissions.fromString(mode);
    if (!exists(path)) {
      told.accept("make " + path);
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(permissions));
    }
    Files.setPosixFilePermissions(path, permissions);
    DurableFiles.forceDirectory(parent(path));
  }

  /**
   * Removes a directory, unless something is in it.
   *
   * @return whether it is gone
   */
  boolean removeIfEmpty(Path path) throws IOException {
    try {
      Files.delete(path);
      DurableFiles.forceDirectory(parent(path));
      return true;
    } catch (DirectoryNotEmptyException full) {
      return false;
    } catch (NoSuchFileException gone) {
      return true;
    }
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "a name has a directory");
  }
}
