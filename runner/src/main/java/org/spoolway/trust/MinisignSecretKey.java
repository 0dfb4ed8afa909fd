package org.spoolway.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.spoolway.trust.TrustedKey.UnusableKeyException;

/**
 * The secret half of a key of minisign.
 *
 * <pre>
 * "Ed"  kind of password (2)  "B2"  salt (32)  operations (8)  memory (8)      158 bytes, in base64
 * number (8)  seed (32)  public key (32)  checksum (32)      these 104 xor scrypt of the password
 * </pre>
 *
 * <p>The kind of password is {@code Sc}, or two zero bytes for none; minisign leaves the checksum
 * empty then. It is the BLAKE2b hash, 32 bytes, of {@code Ed}, number, seed and public key.
 */
final class MinisignSecretKey implements MinisignKey.Secret {

  private static final String COMMENT = "untrusted comment:";
  private static final String LINE = "RW[A-Za-z0-9+/]{209}=";
  private static final byte[] NO_PASSWORD = {0, 0};
  private static final byte[] SCRYPT = {'S', 'c'};
  private static final byte[] BLAKE = {'B', '2'};
  private static final int KIND_OFFSET = 2;
  private static final int CHECKSUM_KIND_OFFSET = 4;
  private static final int SALT_OFFSET = 6;
  private static final int SALT_BYTES = 32;
  private static final int OPERATIONS_OFFSET = SALT_OFFSET + SALT_BYTES;
  private static final int MEMORY_OFFSET = OPERATIONS_OFFSET + Long.BYTES;
  private static final int HIDDEN_OFFSET = MEMORY_OFFSET + Long.BYTES;
  private static final int SEED_OFFSET = Long.BYTES;
  private static final int POINT_OFFSET = SEED_OFFSET + Ed25519.SECRET_KEY_SIZE;
  private static final int CHECKSUM_OFFSET = POINT_OFFSET + Ed25519.PUBLIC_KEY_SIZE;
  private static final int CHECKSUM_BYTES = 32;
  private static final int HIDDEN_BYTES = CHECKSUM_OFFSET + CHECKSUM_BYTES;

  private final byte[] number;
  private final byte[] seed;
  private final MinisignKey key;

  private MinisignSecretKey(byte[] hidden) {
    this.number = Arrays.copyOf(hidden, Long.BYTES);
    this.seed = Arrays.copyOfRange(hidden, SEED_OFFSET, POINT_OFFSET);
    this.key =
        new MinisignKey(
            MinisignKey.id(hidden, 0),
            HexFormat.of().formatHex(hidden, POINT_OFFSET, CHECKSUM_OFFSET));
  }

  static boolean needsPassword(String file) throws UnusableKeyException {
    return isOfKind(SCRYPT, decoded(file));
  }

  static MinisignSecretKey parse(String file, byte[] password) throws UnusableKeyException {
    byte[] bytes = decoded(file);
    byte[] hidden = Arrays.copyOfRange(bytes, HIDDEN_OFFSET, bytes.length);
    if (!isOfKind(SCRYPT, bytes)) {
      if (!isWhole(hidden) || !(hasNoChecksum(hidden) || hasRightChecksum(hidden))) {
        throw new UnusableKeyException("damaged: its parts do not belong together");
      }
      return new MinisignSecretKey(hidden);
    }
    byte[] mask = mask(bytes, password);
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] ^= mask[i];
    }
    if (!hasRightChecksum(hidden) || !isWhole(hidden)) {
      throw new UnusableKeyException("locked by another password, or damaged");
    }
    return new MinisignSecretKey(hidden);
  }

  private static byte[] decoded(String file) throws UnusableKeyException {
    String text = file.strip();
    String line = text.startsWith(COMMENT) ? text.substring(text.indexOf('\n') + 1).strip() : text;
    if (!line.matches(LINE)) {
      throw new UnusableKeyException(
          "no secret key of minisign, which is a line of 212 letters that begins with RW");
    }
    byte[] bytes = Base64.getDecoder().decode(line);
    boolean isKnown = isOfKind(SCRYPT, bytes) || isOfKind(NO_PASSWORD, bytes);
    if (!isKnown || !has(BLAKE, bytes, CHECKSUM_KIND_OFFSET)) {
      throw new UnusableKeyException("no secret key of minisign, or of a kind that is not known");
    }
    return bytes;
  }

  private static boolean isOfKind(byte[] kind, byte[] bytes) {
    return has(kind, bytes, KIND_OFFSET);
  }

  private static boolean has(byte[] kind, byte[] bytes, int offset) {
    return Arrays.equals(kind, 0, kind.length, bytes, offset, offset + kind.length);
  }

  private static byte[] mask(byte[] bytes, byte[] password) throws UnusableKeyException {
    ByteBuffer limits = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    ScryptCost cost =
        ScryptCost.of(limits.getLong(OPERATIONS_OFFSET), limits.getLong(MEMORY_OFFSET));
    cost.require(Runtime.getRuntime().maxMemory());
    byte[] salt = Arrays.copyOfRange(bytes, SALT_OFFSET, OPERATIONS_OFFSET);
    return SCrypt.generate(
        password, salt, cost.rounds(), ScryptCost.BLOCK, cost.lanes(), HIDDEN_BYTES);
  }

  /** Whether the public key is that of the seed: what one signs otherwise can tell the seed. */
  private static boolean isWhole(byte[] hidden) {
    byte[] point = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(hidden, SEED_OFFSET, point, 0);
    return Arrays.equals(point, 0, point.length, hidden, POINT_OFFSET, CHECKSUM_OFFSET);
  }

  private static boolean hasNoChecksum(byte[] hidden) {
    return Arrays.equals(
        new byte[CHECKSUM_BYTES], Arrays.copyOfRange(hidden, CHECKSUM_OFFSET, HIDDEN_BYTES));
  }

  private static boolean hasRightChecksum(byte[] hidden) {
    Blake2bDigest digest = new Blake2bDigest(CHECKSUM_BYTES * Byte.SIZE);
    digest.update((byte) 'E');
    digest.update((byte) 'd');
    digest.update(hidden, 0, CHECKSUM_OFFSET);
    byte[] checksum = new byte[CHECKSUM_BYTES];
    digest.doFinal(checksum, 0);
    return Arrays.equals(
        checksum, 0, CHECKSUM_BYTES, hidden, CHECKSUM_OFFSET, CHECKSUM_OFFSET + CHECKSUM_BYTES);
  }

  @Override
  public MinisignKey key() {
    return key;
  }

  @Override
  public String sign(String fileName, InputStream content, Instant at) throws IOException {
    byte[] signature = signature(MinisignSignature.hash(content));
    String comment =
        "timestamp:" + at.getEpochSecond() + "\t" + MinisignSignature.FILE + fileName + "\thashed";
    byte[] words = comment.getBytes(StandardCharsets.UTF_8);
    ByteBuffer both = ByteBuffer.allocate(signature.length + words.length);
    byte[] head = new byte[] {'E', 'D'};
    ByteBuffer first = ByteBuffer.allocate(head.length + number.length + signature.length);
    return MinisignSignature.UNTRUSTED
        + "signature from minisign secret key\n"
        + base64(first.put(head).put(number).put(signature).array())
        + MinisignSignature.TRUSTED
        + comment
        + "\n"
        + base64(signature(both.put(signature).put(words).array()));
  }

  private byte[] signature(byte[] content) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, content, 0, content.length, signature, 0);
    return signature;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes) + "\n";
  }
}
