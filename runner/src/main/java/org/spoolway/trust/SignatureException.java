package org.spoolway.trust;

import org.spoolway.wording.Printable;

/** A signature that none of the trusted keys answers for. */
public final class SignatureException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Whoever owns the server must not fill a page with his own words. */
  private static final int LONGEST = 300;

  /**
   * What is the matter with it, as the end of a sentence that names what was signed.
   *
   * @param observed may hold text of whoever made the signature
   */
  public SignatureException(String observed) {
    super(shortened(Printable.line(observed)));
  }

  private static String shortened(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /**
   * Somebody has signed whose word does not count.
   *
   * @param key what the signature says of its key
   */
  public static SignatureException untrusted(String key) {
    return new SignatureException(
        "it is signed by the " + key + ", which `source.trust` does not name");
  }

  /** What is the matter with it, as the end of a sentence that names what was signed. */
  public String observed() {
    return String.valueOf(getMessage());
  }
}
