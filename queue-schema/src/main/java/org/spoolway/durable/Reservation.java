package org.spoolway.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Room that is set aside for the next content of a file, so that a disk which is full by then
 * cannot keep it from being written: a file that is already as long is written over in place and
 * renamed. It holds where the file system writes in place; one that copies on write may want more.
 * One writer at a time, as for {@link DurableFiles}.
 *
 * @param room the file that is the room, on the file system of those that may use it
 * @param permissions the mode of those, such as {@code rw-r-----}
 */
public record Reservation(Path room, String permissions) {

  /**
   * Sets room aside, unless there is some.
   *
   * @param bytes how long the content will be at most
   * @param like whose group those have that may use it, such as their directory
   * @throws IOException when there is no room; then nothing is set aside
   */
  public void make(int bytes, Path like) throws IOException {
    if (Files.isRegularFile(room, LinkOption.NOFOLLOW_LINKS) && Files.size(room) >= bytes) {
      return;
    }
    Path unfinished = DurableFiles.temporary(room);
    try {
      try (FileChannel channel = DurableFiles.create(unfinished, permissions)) {
        Files.setAttribute(unfinished, "unix:gid", Files.getAttribute(like, "unix:gid"));
        DurableFiles.writeAll(channel, new byte[bytes]);
      }
      Files.move(unfinished, room, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      DurableFiles.discard(unfinished, e);
      throw e;
    }
  }

  /**
   * Replaces a file as {@link DurableFiles#replace} does, and in the room that was set aside when
   * that cannot be done otherwise. Either way it is a new file: pages that the kernel could not
   * write once are not to be relied on again.
   */
  public void replace(Path file, byte[] content) throws IOException {
    try {
      DurableFiles.replace(file, content, permissions);
    } catch (IOException failed) {
      if (!Files.isRegularFile(room, LinkOption.NOFOLLOW_LINKS)) {
        throw failed;
      }
      try {
        replaceInRoom(file, content);
      } catch (IOException e) {
        e.addSuppressed(failed);
        throw e;
      }
    }
  }

  /** It is taken away first, so that two can never write into the same room. */
  private void replaceInRoom(Path file, byte[] content) throws IOException {
    Path taken = file.resolveSibling("." + file.getFileName() + ".room");
    Files.move(room, taken, StandardCopyOption.ATOMIC_MOVE);
    try {
      try (FileChannel channel = FileChannel.open(taken, StandardOpenOption.WRITE)) {
        DurableFiles.writeAll(channel, content);
        channel.truncate(content.length);
        channel.force(true);
      }
      Files.move(taken, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      DurableFiles.discard(taken, e);
      throw e;
    }
    DurableFiles.forceDirectory(DurableFiles.parent(file));
  }
}
