package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Moves a file by renaming it; to another file system by copying it under a temporary name there,
 * which is renamed when whole, before the original is removed. So at every instant one of the two
 * names, or both, has all of it.
 */
final class Relocation {

  private final Disk disk;

  Relocation(Disk disk) {
    this.disk = disk;
  }

  void move(Path from, Path to) throws IOException {
    try {
      disk.rename(from, to);
    } catch (AtomicMoveNotSupportedException otherFileSystem) {
      carry(from, to);
    }
  }

  private void carry(Path from, Path to) throws IOException {
    FileState state = FileState.of(from);
    if (state == null) {
      throw new NoSuchFileException(from.toString());
    }
    Path partial = to.resolveSibling("." + to.getFileName() + ".partial");
    disk.delete(partial);
    disk.copy(from, partial);
    disk.dress(partial, state.owner(), state.modified());
    disk.rename(partial, to);
    disk.force(Objects.requireNonNull(to.getParent(), "a file in no directory"));
    disk.delete(from);
  }
}
