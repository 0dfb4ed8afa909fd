package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.Checksum;
import org.spoolway.host.sqlite.FileState.Ownership;

/**
 * A disk whose user is killed after so many changes, or in the middle of the one after these. It
 * forces nothing: what a kill leaves is the same, and it takes a fraction of the time.
 */
final class DyingDisk extends DiskDecorator {

  /** What a kill looks like: nothing may catch it. */
  static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  private int left;

  DyingDisk(Disk disk, int changes) {
    super(disk);
    this.left = changes;
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    live();
    super.createDirectory(directory);
  }

  @Override
  public String copy(Path from, Path to) throws IOException {
    if (left == 0) {
      byte[] whole = Files.readAllBytes(from);
      Files.write(to, Arrays.copyOf(whole, whole.length / 2), StandardOpenOption.CREATE_NEW);
    }
    live();
    Files.copy(from, to);
    return Checksum.of(to);
  }

  @Override
  public void dress(Path file, Ownership owner, @Nullable FileTime modified) throws IOException {
    live();
    owner.apply(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    live();
    super.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    live();
    super.delete(file);
  }

  @Override
  public void force(Path file) {
    live();
  }

  private void live() {
    if (left-- <= 0) {
      throw new Died();
    }
  }
}
