package org.spoolway.worker;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.host.Output;
import org.spoolway.wording.Printable;

/**
 * One job's log: what its commands print, made harmless for terminals and capped. A log that cannot
 * be written is given up, since a full disk must not stop a command in the middle of a migration.
 */
final class JobLog implements Output, Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);

  /** What a log keeps of one job, in bytes, however often that is started or gone on with. */
  static final int CAP = 8 << 20;

  /** A character is not cut in two, so that a full log may be shorter by less than this. */
  private static final int LONGEST_CHARACTER = 4;

  private final Path file;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer rest = ByteBuffer.allocate(0);
  private @Nullable FileChannel channel;
  private long written;
  private long dropped;
  private boolean broken;

  JobLog(Path file) {
    this.file = file;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (!isOpen()) {
      return;
    }
    if (written > CAP - LONGEST_CHARACTER) {
      dropped += length;
      return;
    }
    ByteBuffer in =
        ByteBuffer.allocate(rest.remaining() + length).put(rest).put(bytes, offset, length).flip();
    CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
    decoder.reset().decode(in, out, false);
    rest = ByteBuffer.allocate(in.remaining()).put(in).flip();
    append(harmless(out.flip()));
  }

  /** Whether anything was logged. */
  synchronized boolean exists() {
    return channel != null;
  }

  /** Progress that a command draws over and over on one line is kept, a line each. */
  private static String harmless(CharBuffer text) {
    return Printable.text(text.toString().replace('\r', '\n'));
  }

  private void append(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int fits = fitting(bytes);
    append(bytes, fits);
    written += fits;
    dropped += bytes.length - fits;
  }

  private int fitting(byte[] bytes) {
    int fits = (int) Math.min(bytes.length, CAP - written);
    while (fits > 0 && fits < bytes.length && (bytes[fits] & 0xC0) == 0x80) {
      fits--;
    }
    return fits;
  }

  /** What an earlier start has left counts; what is longer than it may be has its mark. */
  private boolean isOpen() {
    if (channel == null && !broken) {
      try {
        channel =
            FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        written = channel.size();
      } catch (IOException e) {
        giveUp(e);
      }
    }
    return !broken;
  }

  private void append(byte[] bytes, int length) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
      while (buffer.hasRemaining()) {
        Objects.requireNonNull(channel, "is open").write(buffer);
      }
    } catch (IOException e) {
      giveUp(e);
    }
  }

  private void giveUp(IOException e) {
    broken = true;
    LOG.warn("cannot write {}: {}; the job goes on without its log", file, e.toString());
  }

  @Override
  public synchronized void close() throws IOException {
    if (dropped > 0 && !broken && written <= CAP) {
      String mark = "\n[cut here: " + dropped + " bytes more were printed]\n";
      byte[] bytes = mark.getBytes(StandardCharsets.UTF_8);
      append(bytes, bytes.length);
    }
    if (channel != null) {
      channel.close();
    }
  }
}
