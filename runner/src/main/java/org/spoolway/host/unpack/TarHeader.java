package org.spoolway.host.unpack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A header block of a tar file.
 *
 * <pre>
 *   0 name 100 | mode 8 | uid 8 | gid 8 | size 12 | mtime 12 | checksum 8 | kind 1 | target 100
 * 257 magic 6 | version 2 | user 32 | group 32 | major 8 | minor 8 | prefix 155 | 12 unused
 * </pre>
 *
 * <p>commons-compress reads them too, but takes away the slash of an absolute name, holds notes of
 * any length in memory and descends once for each of them.
 */
final class TarHeader {

  /** How long one is, and each part of the content. */
  static final int BYTES = 512;

  private static final int NAME = 0;
  private static final int NAME_BYTES = 100;
  private static final int MODE = 100;
  private static final int MODE_BYTES = 8;
  private static final int SIZE = 124;
  private static final int SIZE_BYTES = 12;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_BYTES = 8;
  private static final int KIND = 156;
  private static final int TARGET = 157;
  private static final int TARGET_BYTES = 100;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int PREFIX_BYTES = 155;

  /** With which the prefix counts; what GNU writes there instead differs in the last byte. */
  private static final byte[] POSIX = "ustar\0".getBytes(StandardCharsets.US_ASCII);

  private static final int OWNER_MAY_EXECUTE = 0100;

  private final byte[] block;

  private TarHeader(byte[] block) {
    this.block = block;
  }

  /**
   * Reads a block.
   *
   * @param block not zeros alone, which is the end
   */
  static TarHeader of(byte[] block) throws UnusableArchiveException {
    TarHeader header = new TarHeader(block);
    if (!header.isWhole()) {
      throw new UnusableArchiveException("it holds no tar archive, or a damaged one");
    }
    return header;
  }

  private boolean isWhole() {
    try {
      return number(CHECKSUM, CHECKSUM_BYTES) == sum();
    } catch (UnusableArchiveException garbled) {
      return false;
    }
  }

  private long sum() {
    long sum = 0;
    for (int i = 0; i < BYTES; i++) {
      boolean isItself = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_BYTES;
      sum += isItself ? ' ' : Byte.toUnsignedInt(block[i]);
    }
    return sum;
  }

  /** What it says it is, a digit or letter. */
  char kind() {
    char kind = (char) Byte.toUnsignedInt(block[KIND]);
    return kind == 0 ? '0' : kind;
  }

  /** The name in this block alone. */
  byte[] name() {
    byte[] name = text(NAME, NAME_BYTES);
    byte[] prefix =
        Arrays.equals(block, MAGIC, MAGIC + POSIX.length, POSIX, 0, POSIX.length)
            ? text(PREFIX, PREFIX_BYTES)
            : new byte[0];
    if (prefix.length == 0) {
      return name;
    }
    byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    whole[prefix.length] = '/';
    System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
    return whole;
  }

  /** The target of a link in this block alone. */
  byte[] target() {
    return text(TARGET, TARGET_BYTES);
  }

  /** How many bytes follow. */
  long size() throws UnusableArchiveException {
    return number(SIZE, SIZE_BYTES);
  }

  /** Whether the owner may execute it. */
  boolean isExecutable() throws UnusableArchiveException {
    return (number(MODE, MODE_BYTES) & OWNER_MAY_EXECUTE) != 0;
  }

  private byte[] text(int start, int length) {
    int end = start;
    while (end < start + length && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, start, end);
  }

  /** Octal digits, or, where those do not suffice, binary after a byte with its highest bit set. */
  private long number(int start, int length) throws UnusableArchiveException {
    if ((block[start] & 0x80) != 0) {
      return binary(start, length);
    }
    String digits = new String(text(start, length), StandardCharsets.ISO_8859_1).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 8) & Long.MAX_VALUE;
    } catch (NumberFormatException e) {
      throw garbled();
    }
  }

  private long binary(int start, int length) throws UnusableArchiveException {
    if (Byte.toUnsignedInt(block[start]) != 0x80) {
      throw garbled();
    }
    long number = 0;
    for (int i = start + 1; i < start + length; i++) {
      if (number >>> (Long.SIZE - 1 - Byte.SIZE) != 0) {
        throw garbled();
      }
      number = number << Byte.SIZE | Byte.toUnsignedInt(block[i]);
    }
    return number;
  }

  private UnusableArchiveException garbled() {
    String name = new String(name(), StandardCharsets.UTF_8);
    return new UnusableArchiveException("the header of " + Names.shown(name) + " in it is garbled");
  }
}
