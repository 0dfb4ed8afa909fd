package org.spoolway.host.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.SchemaJson;

/**
 * A file on its way: {@code NAME.part} with the bytes that have come, from the first on, and beside
 * it {@code NAME.part.json}, which says of what file they are. The note is removed before the bytes
 * are, and written before the first of others is, so that it never speaks of bytes of another file.
 * One caller at a time has to do with a name.
 */
final class PartFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PartFile.class);

  private static final String MODE = "rw-r-----";
  private static final long MUCH_BYTES = 16 << 20;
  private static final long LARGEST_NOTE = 1 << 16;
  private static final Set<OpenOption> OPEN =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final Path into;
  private final Path part;
  private final Path noteFile;
  private final FileChannel channel;
  private long forced;

  /**
   * Of what file the bytes are.
   *
   * @param address as it was asked for, without a password
   * @param validator by which the server recognises the file
   * @param total how many bytes it has, or null when the server has not said
   */
  record Note(String address, String validator, @Nullable Long total) {}

  private PartFile(Path into) throws IOException {
    this.into = into;
    this.part = into.resolveSibling(into.getFileName() + ".part");
    this.noteFile = into.resolveSibling(into.getFileName() + ".part.json");
    this.channel =
        FileChannel.open(
            part,
            OPEN,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
  }

  /** Opens what is there, or something empty. */
  static PartFile of(Path into) throws IOException {
    return new PartFile(into.toAbsolutePath());
  }

  /** What the bytes are of, or null when nobody knows. */
  @Nullable Note note() throws IOException {
    if (!Files.isRegularFile(noteFile, LinkOption.NOFOLLOW_LINKS)
        || Files.size(noteFile) > LARGEST_NOTE) {
      return null;
    }
    try {
      Note note = SchemaJson.read(Files.readAllBytes(noteFile), Note.class);
      return Validator.isSendable(note.validator()) ? note : null;
    } catch (SchemaJson.Malformed e) {
      LOG.warn("{} is of no use, so its download begins anew: {}", noteFile, e.getMessage());
      return null;
    }
  }

  /** How many bytes are there. */
  long size() throws IOException {
    return channel.size();
  }

  /**
   * Throws away what is there.
   *
   * @param note what is to come, or null when it could not be gone on with
   */
  void beginAnew(@Nullable Note note) throws IOException {
    Files.deleteIfExists(noteFile);
    channel.truncate(0);
    forced = 0;
    channel.position(0);
    if (note != null) {
      DurableFiles.publish(noteFile, SchemaJson.pretty(note), MODE);
    }
  }

  /** Goes on at a byte; those after it are thrown away. */
  void goOn(long from) throws IOException {
    channel.truncate(from);
    forced = from;
    channel.position(from);
  }

  /** Adds bytes. */
  void write(List<ByteBuffer> buffers) throws IOException {
    ByteBuffer[] all = buffers.toArray(ByteBuffer[]::new);
    int first = 0;
    while (first < all.length) {
      channel.write(all, first, all.length - first);
      while (first < all.length && !all[first].hasRemaining()) {
        first++;
      }
    }
  }

  /**
   * Forces what has come once it is much, so that at the end there is little left to wait for;
   * while another thread writes on.
   */
  void forceMuch() throws IOException {
    long size = channel.size();
    if (size - forced >= MUCH_BYTES) {
      channel.force(false);
      forced = size;
    }
  }

  /** Gives the whole file its name; when this returns, it survives a power cut. */
  void finish() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(part, into, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(noteFile);
    DurableFiles.forceDirectory(directory());
  }

  /** Removes what is there. */
  void discard() throws IOException {
    Files.deleteIfExists(noteFile);
    channel.close();
    Files.deleteIfExists(part);
  }

  /** Where it is. */
  Path directory() {
    return directory(into);
  }

  /** Where a file is. */
  static Path directory(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IllegalArgumentException(file + " is no file");
    }
    return directory;
  }

  /** What has come stays for the next time; nothing stays of nothing. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      boolean isEmpty = channel.size() == 0;
      channel.close();
      if (isEmpty) {
        Files.deleteIfExists(noteFile);
        Files.deleteIfExists(part);
      }
    }
  }
}
