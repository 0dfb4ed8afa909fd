package org.spoolway.trust;

import java.io.IOException;
import java.io.InputStream;
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
  private static final int HEXADECIMAL = 16;
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

  /** The half of a key that only its owner has: it signs. */
  public sealed interface Secret permits MinisignSecretKey {

    /** The half that others have. */
    MinisignKey key();

    /**
     * Signs a file as {@code minisign -S} does.
     *
     * @param fileName for which the signature shall hold
     * @param content read to its end
     * @param at which the signature tells
     * @return what minisign puts beside the file, four lines
     */
    String sign(String fileName, InputStream content, Instant at) throws IOException;
  }

  /**
   * Whether a secret key can be read with its password only.
   *
   * @param file what is in {@code minisign.key}
   * @throws UnusableKeyException when it is none
   */
  public static boolean needsPassword(String file) throws UnusableKeyException {
    return MinisignSecretKey.needsPassword(file);
  }

  /**
   * Reads a secret key; where it needs a password that takes seconds, and memory, by intention.
   *
   * @param file what is in {@code minisign.key}
   * @param password its bytes; heeded only where one is needed
   * @throws UnusableKeyException when it is none, is damaged, or has another password
   */
  public static Secret secret(String file, byte[] password) throws UnusableKeyException {
    return MinisignSecretKey.parse(file, password);
  }

  /** As {@code minisign.pub} has it, without the comment. */
  public String line() {
    byte[] number =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(Long.parseUnsignedLong(id, HEXADECIMAL))
            .array();
    ByteBuffer bytes = ByteBuffer.allocate(POINT_OFFSET + Ed25519.PUBLIC_KEY_SIZE);
    bytes.put((byte) 'E').put((byte) 'd').put(number).put(HexFormat.of().parseHex(point));
    return Base64.getEncoder().encodeToString(bytes.array());
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
