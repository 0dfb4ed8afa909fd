package org.spoolway.trust;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A key of minisign: an Ed25519 key with a number that tells it from others.
 *
 * <pre>
 * "Ed"  number, 8 bytes, little endian  public key, 32 bytes     in base64 one line of 56 letters
 * </pre>
 *
 * @param id its number as minisign prints it, in hexadecimal without leading zeros
 * @param point the public key in hexadecimal
 */
public record MinisignKey(String id, String point) implements TrustedKey {

  private static final String COMMENT = "untrusted comment:";
  private static final String LINE = "RW[A-Za-z0-9+/]{54}";
  private static final int ID_OFFSET = 2;
  private static final int POINT_OFFSET = ID_OFFSET + Long.BYTES;

  /** Whether a text is meant to be one. */
  static boolean isMeant(String text) {
    return text.startsWith(COMMENT) || text.matches(LINE);
  }

  /** Reads the line {@code RW…}, or the file {@code minisign.pub}, where a comment precedes it. */
  static MinisignKey parse(String text) throws UnusableKeyException {
    String line = text.startsWith(COMMENT) ? text.substring(text.indexOf('\n') + 1).strip() : text;
    if (!line.matches(LINE)) {
      throw new UnusableKeyException(
          "no public key of minisign, which is a line of 56 letters that begins with RW");
    }
    byte[] key = Base64.getDecoder().decode(line);
    if (!Ed25519.validatePublicKeyFull(key, POINT_OFFSET)) {
      throw new UnusableKeyException("no public key of minisign: it is no point of the curve");
    }
    return new MinisignKey(
        id(key, ID_OFFSET), HexFormat.of().formatHex(key, POINT_OFFSET, key.length));
  }

  /** The number in a key or signature, as people see it. */
  static String id(byte[] bytes, int offset) {
    long number =
        ByteBuffer.wrap(bytes, offset, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return Long.toHexString(number).toUpperCase(Locale.ROOT);
  }

  /** Whether a signature is this key's, of exactly these bytes. */
  boolean hasSigned(byte[] signature, byte[] content) {
    byte[] key = HexFormat.of().parseHex(point);
    return Ed25519.verify(signature, 0, key, 0, content, 0, content.length);
  }

  /** Minisign knows no expiry. */
  @Override
  public boolean countsAt(Instant time) {
    return true;
  }

  @Override
  public String name() {
    return "minisign key " + id;
  }
}
