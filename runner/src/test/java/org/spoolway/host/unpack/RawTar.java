package org.spoolway.host.unpack;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The blocks of a tar file, for those that no library would write. */
final class RawTar {

  private static final int BLOCK = 512;

  private RawTar() {}

  /** A header with a checksum that is right. */
  static byte[] header(byte[] name, char kind, long size) {
    byte[] block = new byte[BLOCK];
    System.arraycopy(name, 0, block, 0, name.length);
    put(block, 100, "0000644");
    put(block, 124, String.format(Locale.ROOT, "%011o", size));
    block[156] = (byte) kind;
    put(block, 257, "ustar\00000");
    return sealed(block);
  }

  /** The two blocks of zeros that end an archive. */
  static byte[] end() {
    return new byte[2 * BLOCK];
  }

  /** Gives a header a checksum that is right. */
  static byte[] sealed(byte[] block) {
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += Byte.toUnsignedInt(block[i]);
    }
    put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return block;
  }

  static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  /** What is in a tar.gz. */
  static byte[] unpacked(Path archive) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
      return in.readAllBytes();
    }
  }

  /** Makes a tar.gz. */
  static Path pack(Path archive, byte[] tar) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
      out.write(tar);
    }
    return archive;
  }

  /** Replaces a text wherever it is by bytes of the same number. */
  static void replace(byte[] bytes, String text, byte[] by) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + 1)) {
      System.arraycopy(by, 0, bytes, at, by.length);
    }
  }
}
