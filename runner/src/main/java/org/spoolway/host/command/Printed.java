package org.spoolway.host.command;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.spoolway.durable.Checksum;
import org.spoolway.host.Output;
import org.spoolway.wording.Printable;

/**
 * What a command prints: handed on, and of it the checksum and the end, which is mostly why it
 * failed.
 */
final class Printed implements Output {

  private static final int KEPT = 1024;
  private static final int LINE = 200;

  private final Output output;
  private final MessageDigest digest = Checksum.digest();
  private byte[] end = new byte[0];
  private boolean blank = true;

  Printed(Output output) {
    this.output = output;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    output.write(bytes, offset, length);
    digest.update(bytes, offset, length);
    for (int i = offset; blank && i < offset + length; i++) {
      blank = bytes[i] >= 0 && bytes[i] <= ' ';
    }
    int fresh = Math.min(length, KEPT);
    int old = Math.min(end.length, KEPT - fresh);
    byte[] joined = Arrays.copyOfRange(end, end.length - old, end.length + fresh);
    System.arraycopy(bytes, offset + length - fresh, joined, old, fresh);
    end = joined;
  }

  /** Whether there was nothing to be read in it. */
  synchronized boolean isBlank() {
    return blank;
  }

  /** The checksum of all of it; may be asked once. */
  synchronized String checksum() {
    return Checksum.hex(digest);
  }

  /** The last line that is not blank, made harmless; empty when there is none. */
  synchronized String lastLine() {
    String text = new String(end, StandardCharsets.UTF_8);
    String last = text.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b);
    String line = Printable.line(last);
    return line.length() > LINE ? line.substring(line.length() - LINE) : line;
  }
}
