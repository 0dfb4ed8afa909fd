package org.spoolway.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Whole-file writes that a reader sees entirely or not at all. Directories must not be writable by
 * anybody less privileged than the caller.
 */
public final class DurableFiles {

  private DurableFiles() {}

  /**
   * Replaces a file; when this returns, the new content survives a power cut.
   *
   * @param permissions the file's mode, such as {@code rw-r-----}, whatever the umask
   */
  public static void replace(Path file, byte[] content, String permissions) throws IOException {
    write(file, content, permissions, true);
    forceDirectory(parent(file));
  }

  /**
   * Replaces a file atomically for readers, without forcing it: for what is written anew after a
   * crash anyway.
   *
   * @param permissions the file's mode, such as {@code rw-r-----}, whatever the umask
   */
  public static void publish(Path file, byte[] content, String permissions) throws IOException {
    write(file, content, permissions, false);
  }

  /** Makes the names in a directory survive a power cut. Linux allows fsync on a directory's handle. */
  public static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes a file if it is there, and makes that survive a power cut. */
  public static void remove(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      forceDirectory(parent(file));
    }
  }

  private static void write(Path file, byte[] content, String permissions, boolean force)
      throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    Files.deleteIfExists(temporary);
    Set<PosixFilePermission> mode = PosixFilePermissions.fromString(permissions);
    FileAttribute<Set<PosixFilePermission>> attribute = PosixFilePermissions.asFileAttribute(mode);
    Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(temporary, options, attribute)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      if (!Files.getPosixFilePermissions(temporary).equals(mode)) {
        Files.setPosixFilePermissions(temporary, mode);
      }
      if (force) {
        channel.force(true);
      }
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " has no directory");
    }
    return parent;
  }
}
