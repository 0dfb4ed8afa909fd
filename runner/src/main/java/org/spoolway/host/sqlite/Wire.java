package org.spoolway.host.sqlite;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.Checksum;
import org.spoolway.host.sqlite.FileState.Ownership;

/**
 * How questions to a delegate and its answers are written.
 *
 * <pre>
 * conversation = path-of-the-database *( question answer )
 * question     = Question arguments
 * answer       = *WORKING ( DONE value / PROBLEM kind message fix / FAILED message / NOT_PLAIN message )
 * content      = *( length bytes ) 0           length at most 65,536; -1 in place of 0: it broke off
 * </pre>
 */
final class Wire {

  /** What a delegate can be asked; all names are relative to the database's directory. */
  enum Question {
    SNAPSHOT_BYTES,
    MARK,
    CONTENTS,
    /** Makes a copy in a directory of the delegate's own, and names that. */
    SNAPSHOT,
    /** Removes that directory. */
    FORGET,
    STATE,
    CHECKSUM,
    READ,
    WRITE,
    DRESS,
    RENAME,
    DELETE,
    FORCE,
    FREE
  }

  static final int DONE = 0;
  static final int PROBLEM = 1;
  static final int FAILED = 2;
  static final int NOT_PLAIN = 3;

  /** The answer is worked on: nobody has to fear that it never comes. */
  static final int WORKING = 4;

  private static final int END = 0;
  private static final int BROKEN_OFF = -1;

  private Wire() {}

  static void writeState(DataOutputStream out, @Nullable FileState state) throws IOException {
    out.writeBoolean(state != null);
    if (state != null) {
      out.writeLong(state.bytes());
      writeTime(out, state.modified());
      writeOwner(out, state.owner());
    }
  }

  static Optional<FileState> readState(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? Optional.of(new FileState(in.readLong(), readTime(in), readOwner(in)))
        : Optional.empty();
  }

  static void writeOwner(DataOutputStream out, Ownership owner) throws IOException {
    out.writeInt(owner.uid());
    out.writeInt(owner.gid());
    out.writeInt(owner.mode());
  }

  static Ownership readOwner(DataInputStream in) throws IOException {
    return new Ownership(in.readInt(), in.readInt(), in.readInt() & Ownership.PERMISSIONS);
  }

  static void writeTime(DataOutputStream out, FileTime time) throws IOException {
    Instant instant = time.toInstant();
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  static FileTime readTime(DataInputStream in) throws IOException {
    long seconds = in.readLong();
    int nanos = in.readInt();
    try {
      return FileTime.from(Instant.ofEpochSecond(seconds, nanos));
    } catch (DateTimeException e) {
      throw new IOException("it has an impossible time", e);
    }
  }

  /** Writes a content of any length; what cannot be read to its end is said to have broken off. */
  static void writeContent(DataOutputStream out, InputStream content) throws IOException {
    byte[] buffer = new byte[Checksum.PORTION];
    try {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        if (n > 0) {
          out.writeInt(n);
          out.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      out.writeInt(BROKEN_OFF);
      throw e;
    }
    out.writeInt(END);
  }

  /**
   * Reads a content.
   *
   * @param most of how many bytes at most
   * @return how many there were
   */
  static long readContent(DataInputStream in, OutputStream sink, long most) throws IOException {
    byte[] buffer = new byte[Checksum.PORTION];
    long left = most;
    for (int n = in.readInt(); n != END; n = in.readInt()) {
      if (n < 0 || n > buffer.length) {
        throw new IOException("its content broke off");
      }
      left -= n;
      if (left < 0) {
        throw new IOException("it has more than the " + most + " bytes that were announced");
      }
      in.readFully(buffer, 0, n);
      sink.write(buffer, 0, n);
    }
    return most - left;
  }
}
