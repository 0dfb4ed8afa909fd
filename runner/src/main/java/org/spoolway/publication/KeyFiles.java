package org.spoolway.publication;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.MinisignKey;
import org.spoolway.trust.TrustedKey;
import org.spoolway.trust.TrustedKey.UnusableKeyException;
import org.spoolway.wording.Quoted;

/** Keys of minisign as a maker has them: in files, or as a line. */
public final class KeyFiles {

  private static final String LINE = "RW";

  /** No file of a key needs more. */
  private static final int MOST_BYTES = 1 << 16;

  private KeyFiles() {}

  /** Tells a password, when it is needed. */
  @FunctionalInterface
  public interface Password {

    /** Its bytes. */
    byte[] tell() throws IOException, ProblemException;
  }

  /**
   * A public key as channels have it.
   *
   * @param text its line, or the name of its file
   * @param base where names start
   * @throws ProblemException when it is none
   */
  public static String publicLine(String text, Path base) throws IOException, ProblemException {
    boolean isLine = text.startsWith(LINE) && !Files.exists(base.resolve(text));
    try {
      String content = isLine ? text : content(base.resolve(text));
      if (TrustedKey.parse(content) instanceof MinisignKey key) {
        return key.line();
      }
      throw new UnusableKeyException("not minisign's");
    } catch (UnusableKeyException e) {
      throw new ProblemException(
          Problem.CONFIGURATION,
          "cannot use the key " + Quoted.of(text) + ": it is " + e.observed(),
          "Name a minisign.pub, or give its second line; `minisign -G` makes one.",
          e);
    }
  }

  /**
   * A secret key.
   *
   * @param password asked only if the key needs one
   * @throws ProblemException when it is none, or the password is not its own
   */
  static MinisignKey.Secret secret(Path file, Password password)
      throws IOException, ProblemException {
    String content = content(file);
    try {
      byte[] told = MinisignKey.needsPassword(content) ? password.tell() : new byte[0];
      return MinisignKey.secret(content, told);
    } catch (UnusableKeyException e) {
      throw new ProblemException(
          Problem.CONFIGURATION,
          "cannot sign with " + file + ": it is " + e.observed(),
          "Name the secret key, minisign.key, that `minisign -G` made, and give its own password.",
          e);
    }
  }

  private static String content(Path file) throws IOException, ProblemException {
    if (!Files.exists(file)) {
      throw new ProblemException(
          Problem.CONFIGURATION,
          "cannot find the key " + file + ": there is no such file",
          "Name a file that `minisign -G` made.",
          null);
    }
    if (Files.size(file) > MOST_BYTES) {
      return "";
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
