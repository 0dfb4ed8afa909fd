package org.spoolway.host.systemd;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.spoolway.host.Output;

/** What a short answer says. */
final class Text implements Output {

  /** More than any answer that is asked for. */
  private static final int LIMIT = 1 << 16;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public synchronized void write(byte[] source, int offset, int length) {
    bytes.write(source, offset, Math.min(length, LIMIT - bytes.size()));
  }

  synchronized String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
