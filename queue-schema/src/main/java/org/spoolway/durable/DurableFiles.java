package org.spoolway.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
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
 * anybody less privileged than the caller, and a file has one writer at a time. A thread that is
 * interrupted meanwhile gets a {@link java.nio.channels.ClosedByInterruptException} and the file
 * stays as it was.
 */
public final class DurableFiles {

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private DurableFiles() {}

  /**
   * Replaces a file; when this returns, the new content survives a power cut.
   *
   * @param permissions the file's mode, such as {@code rw-r-----}, whatever the umask
   * @throws IOException when it could not; then the file is as it was, or already the new one if
   *     only forcing its directory failed
   */
  public static void replace(Path file, byte[] content, String permissions) throws IOException {
    write(file, content, permissions, Durability.FORCED);
    forceDirectory(parent(file));
  }

  /**
   * Replaces a file atomically for readers, without forcing it: for what is written anew after a
   * crash anyway.
   *
   * @param permissions the file's mode, such as {@code rw-r-----}, whatever the umask
   * @throws IOException when it could not; then the file is as it was
   */
  public static void publish(Path file, byte[] content, String permissions) throws IOException {
    write(file, content, permissions, Durability.LEFT_TO_THE_KERNEL);
  }

  /**
   * Makes the names in a directory survive a power cut. Linux allows fsync on a directory's handle.
   *
   * @throws IOException also when the directory may be entered but not read
   */
  public static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Removes a file if it is there, and makes that survive a power cut; what a crash has left of an
   * unfinished write goes too.
   */
  public static void remove(Path file) throws IOException {
    Files.deleteIfExists(temporary(file));
    if (Files.deleteIfExists(file)) {
      forceDirectory(parent(file));
    }
  }

  /** Where a file is written before it has its name; hidden, so that no reader takes it for one. */
  static Path temporary(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".tmp");
  }

  private enum Durability {
    FORCED,
    LEFT_TO_THE_KERNEL
  }

  private static void write(Path file, byte[] content, String permissions, Durability durability)
      throws IOException {
    Path temporary = temporary(file);
    try {
      try (FileChannel channel = create(temporary, permissions)) {
        writeAll(channel, content);
        if (durability == Durability.FORCED) {
          channel.force(true);
        }
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      discard(temporary, e);
      throw e;
    }
  }

  /**
   * A new file, never more open than it will be; the umask (or a directory's default access list)
   * may have taken bits away, so the mode is set again. One call that may be needless costs less
   * than asking.
   */
  static FileChannel create(Path temporary, String permissions) throws IOException {
    Set<PosixFilePermission> mode = PosixFilePermissions.fromString(permissions);
    FileAttribute<Set<PosixFilePermission>> attribute = PosixFilePermissions.asFileAttribute(mode);
    FileChannel channel;
    try {
      channel = FileChannel.open(temporary, NEW, attribute);
    } catch (FileAlreadyExistsException leftByACrash) {
      Files.delete(temporary);
      channel = FileChannel.open(temporary, NEW, attribute);
    }
    try {
      Files.setPosixFilePermissions(temporary, mode);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  static void writeAll(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Removes what an unfinished write has left; the reason why it is unfinished counts more. */
  static void discard(Path temporary, IOException reason) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " has no directory");
    }
    return parent;
  }
}
