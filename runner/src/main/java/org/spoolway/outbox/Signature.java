package org.spoolway.outbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Signs what is posted, as <a href="https://www.standardwebhooks.com/">Standard Webhooks</a> have
 * it: HMAC-SHA256 over {@code ID.SECONDS.BODY}.
 */
public final class Signature {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST_FILE = 1024;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private Signature() {}

  /**
   * Looks whether messages could be signed.
   *
   * @param file holds the secret
   * @throws ProblemException {@code NOTIFY_FAILED} when it cannot be read, is none, or others can
   *     read it
   */
  public static void requireSecret(Path file) throws ProblemException {
    secret(file);
  }

  /** The headers of a message that nobody signs. */
  static Map<String, String> unsigned(String id, Instant now) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    return headers;
  }

  /** The headers of a message with its signature. */
  static Map<String, String> signed(String id, Instant now, byte[] body, byte[] secret) {
    Map<String, String> headers = unsigned(id, now);
    Mac mac = mac(secret);
    mac.update((id + "." + now.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
    String signature = Base64.getEncoder().encodeToString(mac.doFinal(body));
    headers.put("webhook-signature", "v1," + signature);
    return headers;
  }

  private static Mac mac(byte[] secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /**
   * The secret in a file, read anew for each message so that it can be exchanged.
   *
   * @throws ProblemException as {@link #requireSecret} does
   */
  static byte[] secret(Path file) throws ProblemException {
    try {
      if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        throw unusable(file, "others can read or change it", "Run `chmod 600 " + file + "`.");
      }
      if (Files.size(file) > LONGEST_FILE) {
        throw unusable(file, "it is too long", make(file));
      }
      String text = Files.readString(file).strip();
      if (!text.startsWith(PREFIX)) {
        throw unusable(file, "it does not begin with " + PREFIX, make(file));
      }
      byte[] secret = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      if (secret.length < SHORTEST) {
        throw unusable(file, "it has fewer than " + SHORTEST + " bytes", make(file));
      }
      return secret;
    } catch (IOException e) {
      throw unusable(file, e.toString(), make(file));
    } catch (IllegalArgumentException e) {
      throw unusable(file, "it is no base64", make(file));
    }
  }

  private static String make(Path file) {
    return "Make one: `(umask 077; echo \""
        + PREFIX
        + "$(openssl rand -base64 32)\" >"
        + file
        + ")`.";
  }

  private static ProblemException unusable(Path file, String observed, String fix) {
    return new ProblemException(
        Problem.NOTIFY_FAILED, "cannot sign with " + file + ": " + observed, fix, null);
  }
}
