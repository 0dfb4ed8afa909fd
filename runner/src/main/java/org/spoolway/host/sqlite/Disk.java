package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.sqlite.FileState.Ownership;

/** The changes that snapshots and restores make to files, one method each. */
interface Disk {

  /**
   * Looks at a file without opening it.
   *
   * @return null when there is none
   * @throws FileState.NotPlainException when it is a link, a directory or anything but a plain file
   */
  @Nullable FileState state(Path file) throws IOException;

  /** Whether there is anything of that name. */
  default boolean exists(Path file) throws IOException {
    try {
      return state(file) != null;
    } catch (FileState.NotPlainException somethingElse) {
      return true;
    }
  }

  /** The SHA-256 of a plain file, in hex. */
  String checksum(Path file) throws IOException;

  /**
   * Makes a directory and those above it, for the runner alone; their names survive a power cut.
   */
  void createDirectory(Path directory) throws IOException;

  /**
   * Copies a plain file to a name that does not exist yet, for the runner alone; the content
   * survives a power cut.
   *
   * @return the SHA-256 of what was copied, in hex
   */
  String copy(Path from, Path to) throws IOException;

  /**
   * Gives a file its final attributes.
   *
   * @param modified when it counts as last written; null leaves that as it is
   */
  void dress(Path file, Ownership owner, @Nullable FileTime modified) throws IOException;

  /**
   * Renames at once.
   *
   * @throws AtomicMoveNotSupportedException when the other name is on another file system
   */
  void rename(Path from, Path to) throws IOException;

  /**
   * Moves a file by renaming it; to another file system by copying it under a temporary name there,
   * which is renamed when whole, before the original is removed. So at every instant one of the two
   * names, or both, has all of it.
   */
  default void move(Path from, Path to) throws IOException {
    try {
      rename(from, to);
    } catch (AtomicMoveNotSupportedException otherFileSystem) {
      FileState state = state(from);
      if (state == null) {
        throw new NoSuchFileException(from.toString());
      }
      Path partial = to.resolveSibling("." + to.getFileName() + ".partial");
      delete(partial);
      copy(from, partial);
      dress(partial, state.owner(), state.modified());
      rename(partial, to);
      force(Objects.requireNonNull(to.getParent(), "a file in no directory"));
      delete(from);
    }
  }

  /** Removes a file if it is there. */
  void delete(Path file) throws IOException;

  /** Makes a directory's names, or a file's content, survive a power cut. */
  void force(Path file) throws IOException;

  /** How many bytes the runner can still write below a directory. */
  long free(Path directory) throws IOException;
}
