package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.Checksum;
import org.spoolway.durable.FreeBytes;
import org.spoolway.host.sqlite.FileState.Ownership;

/** The disk as it is. */
final class LocalDisk implements Disk {

  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  @Override
  public @Nullable FileState state(Path file) throws IOException {
    return FileState.of(file);
  }

  @Override
  public String checksum(Path file) throws IOException {
    return Checksum.of(file);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent == null) {
      throw new IOException("there is no directory for " + directory);
    }
    createDirectory(parent);
    Files.createDirectory(directory, only("rwx------"));
    force(parent);
  }

  @Override
  public String copy(Path from, Path to) throws IOException {
    MessageDigest digest = Checksum.digest();
    try (FileChannel source = FileChannel.open(from, READ);
        FileChannel target = create(to)) {
      ByteBuffer buffer = ByteBuffer.allocate(Checksum.PORTION);
      while (source.read(buffer) >= 0) {
        digest.update(buffer.flip().duplicate());
        while (buffer.hasRemaining()) {
          target.write(buffer);
        }
        buffer.clear();
      }
      target.force(true);
    }
    return Checksum.hex(digest);
  }

  @Override
  public void dress(Path file, Ownership owner, @Nullable FileTime modified) throws IOException {
    owner.apply(file);
    if (modified != null) {
      Files.setLastModifiedTime(file, modified);
    }
    force(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public long free(Path directory) throws IOException {
    return FreeBytes.of(directory);
  }

  /** Makes a file of a name that does not exist yet, for its maker alone. */
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, CREATE, only("rw-------"));
  }

  /** Opens a file that is no link. */
  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, READ);
  }

  private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
