package org.spoolway.host.directory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.spoolway.host.Output;

/** Keeps the beginning of what a program prints, and drops the rest. */
final class FirstBytes implements Output {

  private static final int MOST = 4 << 10;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    kept.write(bytes, offset, Math.min(length, MOST - kept.size()));
  }

  synchronized String text() {
    return new String(kept.toByteArray(), StandardCharsets.UTF_8);
  }
}
