package org.spoolway.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Room that is set aside for a file's next content before it is needed, so that a disk which is
 * full by then cannot keep it from being written: a file beside it that is already as long, is
 * written over in place and renamed. It holds where the file system writes in place; one that
 * copies on write may want more. One writer at a time, as for {@link DurableFiles}.
 */
public final class Reservation {

  private Reservation() {}

  /**
   * Sets room aside, anew if there was some.
   *
   * @param bytes how long the content will be at most; longer content is written all the same when
   *     the disk has room then
   * @param permissions the mode that the file will have
   * @throws IOException when there is no room; then nothing is set aside
   */
  public static void make(Path file, int bytes, String permissions) throws IOException {
    Path room = room(file);
    try (FileChannel channel = DurableFiles.create(room, permissions)) {
      DurableFiles.writeAll(channel, new byte[bytes]);
    } catch (IOException e) {
      DurableFiles.discard(room, e);
      throw e;
    }
  }

  /**
   * Replaces a file as {@link DurableFiles#replace} does, in the room that was set aside if there
   * is any; that is used up then, also when this fails: pages that the kernel could not write once
   * are not to be relied on again.
   */
  public static void replace(Path file, byte[] content, String permissions) throws IOException {
    Path room = room(file);
    if (!Files.exists(room, LinkOption.NOFOLLOW_LINKS)) {
      DurableFiles.replace(file, content, permissions);
      return;
    }
    try {
      try (FileChannel channel = FileChannel.open(room, StandardOpenOption.WRITE)) {
        DurableFiles.writeAll(channel, content);
        channel.truncate(content.length);
        channel.force(true);
      }
      Files.move(room, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      DurableFiles.discard(room, e);
      throw e;
    }
    DurableFiles.forceDirectory(DurableFiles.parent(file));
  }

  /** Hidden, so that no reader of the directory takes it for content. */
  private static Path room(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".room");
  }
}
