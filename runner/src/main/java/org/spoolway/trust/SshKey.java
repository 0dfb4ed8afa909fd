package org.spoolway.trust;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/**
 * An SSH key that signs.
 *
 * @param fingerprint as {@code ssh-keygen -l} shows it, {@code SHA256:…}
 * @param comment whose it is, by the line's own words; empty when it has none
 */
public record SshKey(String fingerprint, String comment) implements TrustedKey {

  private static final Set<String> TYPES =
      Set.of(
          "ssh-ed25519",
          "ssh-rsa",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521");

  /** Shorter ones can be expected to be broken: NIST SP 800-131A, and what OpenSSH makes. */
  private static final int LEAST_RSA_BITS = 2048;

  private static final int FIELDS = 3;

  /** Reads a line of the form {@code TYPE BASE64 [COMMENT]}, as in a {@code .pub} file. */
  static SshKey parse(String line) throws UnusableKeyException {
    String[] fields = line.split("[ \t]+", FIELDS);
    if (fields.length < 2 || line.contains("\n")) {
      throw new UnusableKeyException(
          "neither a line such as \"ssh-ed25519 AAAA… name\", nor an armored OpenPGP key, nor a"
              + " line \"RW…\" of minisign");
    }
    String type = fields[0];
    if (!TYPES.contains(type)) {
      throw new UnusableKeyException("of the type " + type + ", which cannot be checked");
    }
    byte[] blob = blob(fields[1]);
    if (!type.equals(typeIn(blob))) {
      throw new UnusableKeyException("no " + type + " key, though it says so");
    }
    requireStrong(key(blob));
    return new SshKey(fingerprint(blob), fields.length < FIELDS ? "" : fields[2].strip());
  }

  private static byte[] blob(String text) throws UnusableKeyException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new UnusableKeyException("not whole: its middle part is not base64");
    }
  }

  /** The type that the key's own bytes begin with: a length of four bytes, and as many letters. */
  private static String typeIn(byte[] blob) {
    ByteBuffer bytes = ByteBuffer.wrap(blob);
    int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      return "";
    }
    return new String(blob, Integer.BYTES, length, StandardCharsets.US_ASCII);
  }

  private static AsymmetricKeyParameter key(byte[] blob) throws UnusableKeyException {
    try {
      return OpenSSHPublicKeyUtil.parsePublicKey(blob);
    } catch (RuntimeException malformed) {
      throw new UnusableKeyException("not whole: " + malformed.getMessage());
    }
  }

  private static void requireStrong(AsymmetricKeyParameter key) throws UnusableKeyException {
    if (key instanceof RSAKeyParameters rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
      throw new UnusableKeyException(
          "an RSA key of " + rsa.getModulus().bitLength() + " bits, fewer than " + LEAST_RSA_BITS);
    }
  }

  private static String fingerprint(byte[] blob) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean countsAt(Instant time) {
    return true;
  }

  @Override
  public String name() {
    return "SSH key " + fingerprint + (comment.isEmpty() ? "" : " (" + comment + ")");
  }
}
