package org.spoolway.host.systemd;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.spoolway.host.Output;

/** Hands output on, and keeps the beginning of its last line. */
final class LastLine implements Output {

  private static final int LIMIT = 500;

  private final Output output;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean complete;

  LastLine(Output output) {
    this.output = output;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    output.write(bytes, offset, length);
    for (int i = offset; i < offset + length; i++) {
      keep(bytes[i]);
    }
  }

  private void keep(byte next) {
    if (complete) {
      line.reset();
      complete = false;
    }
    complete = next == '\n';
    if (!complete && line.size() < LIMIT) {
      line.write(next);
    }
  }

  synchronized String text() {
    return line.size() == 0 ? "it said nothing" : line.toString(StandardCharsets.UTF_8);
  }
}
