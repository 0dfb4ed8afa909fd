package org.spoolway.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps what was written. */
public final class CapturedOutput implements Output {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public synchronized void write(byte[] source, int offset, int length) {
    bytes.write(source, offset, length);
  }

  /** All of it so far. */
  public synchronized byte[] bytes() {
    return bytes.toByteArray();
  }

  /** All of it so far, as text. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
