package org.spoolway.trust;

/** A signature that none of the trusted keys answers for. */
public final class SignatureException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What is the matter with it, as the end of a sentence that names what was signed. */
  public SignatureException(String observed) {
    super(observed);
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
