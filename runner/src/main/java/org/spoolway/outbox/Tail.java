package org.spoolway.outbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.spoolway.host.Output;
import org.spoolway.wording.Printable;

/** The last of what a command prints, which is mostly why it failed. */
final class Tail implements Output {

  private static final int KEPT = 1024;
  private static final int LINE = 200;

  private byte[] kept = new byte[0];

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    int fresh = Math.min(length, KEPT);
    int old = Math.min(kept.length, KEPT - fresh);
    byte[] joined = Arrays.copyOfRange(kept, kept.length - old, kept.length + fresh);
    System.arraycopy(bytes, offset + length - fresh, joined, old, fresh);
    kept = joined;
  }

  /** The last line that is not blank, made harmless; empty when there is none. */
  synchronized String lastLine() {
    String text = new String(kept, StandardCharsets.UTF_8);
    String last = text.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b);
    String line = Printable.line(last);
    return line.length() > LINE ? line.substring(line.length() - LINE) : line;
  }
}
