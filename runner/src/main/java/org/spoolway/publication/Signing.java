package org.spoolway.publication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.spoolway.channel.SignedFile;
import org.spoolway.durable.DurableFiles;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.MinisignKey;
import org.spoolway.trust.MinisignSignature;
import org.spoolway.trust.SignatureException;

/** Signs files beside them, where several may sign one below the other. */
public final class Signing {

  private static final String PUBLIC = "rw-r--r--";
  private static final int LINES = 4;

  private final Path file;
  private final Path signatures;

  /** Signs a file. */
  public Signing(Path file) {
    this.file = file;
    this.signatures = file.resolveSibling(name(file) + SignedFile.SIGNATURES);
  }

  /**
   * What came of it.
   *
   * @param signatures where they are
   * @param by the key
   * @param count how many are there now
   */
  public record Signed(Path signatures, String by, int count) {}

  /**
   * Adds a key's signature, in place of an earlier one of the same key.
   *
   * @param key the file with the secret key
   * @param password asked only if the key needs one
   * @throws ProblemException when the key is no good, or what is there already are no signatures
   */
  public Signed by(Path key, KeyFiles.Password password, Instant now)
      throws IOException, ProblemException {
    if (!Files.isRegularFile(file)) {
      throw new ProblemException(
          Problem.CONFIGURATION,
          "cannot sign " + file + ": it is no file",
          "Name a file that is there, such as DIR/channel.json.",
          null);
    }
    MinisignKey.Secret secret = KeyFiles.secret(key, password);
    StringBuilder all = new StringBuilder(others(secret.key()));
    try (InputStream content = Files.newInputStream(file)) {
      all.append(secret.sign(name(file), content, now));
    }
    byte[] written = all.toString().getBytes(StandardCharsets.UTF_8);
    DurableFiles.replace(signatures, written, PUBLIC);
    int count = (int) all.chars().filter(c -> c == '\n').count() / LINES;
    return new Signed(signatures, secret.key().name(), count);
  }

  private String others(MinisignKey key) throws IOException, ProblemException {
    if (!Files.exists(signatures)) {
      return "";
    }
    byte[] present = Files.readAllBytes(signatures);
    try {
      List<MinisignSignature> all = MinisignSignature.parseAll(present);
      List<String> lines = new String(present, StandardCharsets.UTF_8).lines().toList();
      StringBuilder others = new StringBuilder();
      for (int i = 0; i < all.size(); i++) {
        if (!all.get(i).claimsToBeBy(key)) {
          lines
              .subList(i * LINES, (i + 1) * LINES)
              .forEach(line -> others.append(line).append('\n'));
        }
      }
      return others.toString();
    } catch (SignatureException e) {
      throw new ProblemException(
          Problem.SIGNATURE_REFUSED,
          "cannot add a signature to " + signatures + ": " + e.observed(),
          "Remove that file, then have everybody sign again.",
          e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
