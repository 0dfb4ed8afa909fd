package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.sqlite.FileState.Ownership;

/** Does what another disk does; a base for those that differ in something. */
abstract class DiskDecorator implements Disk {

  private final Disk disk;

  DiskDecorator(Disk disk) {
    this.disk = disk;
  }

  @Override
  public @Nullable FileState state(Path file) throws IOException {
    return disk.state(file);
  }

  @Override
  public String checksum(Path file) throws IOException {
    return disk.checksum(file);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    disk.createDirectory(directory);
  }

  @Override
  public String copy(Path from, Path to) throws IOException {
    return disk.copy(from, to);
  }

  @Override
  public void dress(Path file, Ownership owner, @Nullable FileTime modified) throws IOException {
    disk.dress(file, owner, modified);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }

  @Override
  public void force(Path file) throws IOException {
    disk.force(file);
  }

  @Override
  public long free(Path directory) throws IOException {
    return disk.free(directory);
  }
}
