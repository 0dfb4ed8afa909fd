package org.spoolway.trust;

import java.time.Instant;

/** A public key whose owner's word counts for a deployment. */
public sealed interface TrustedKey permits MinisignKey, OpenPgpKey, SshKey {

  /** What people know it by: its kind, its fingerprint, and whose it is where it says so. */
  String name();

  /** Whether its owner's word counts at a time: some keys expire. */
  boolean countsAt(Instant time);

  /**
   * Reads one as its owner publishes it.
   *
   * @param text a line as in {@code ~/.ssh/id_ed25519.pub}, what {@code gpg --armor --export}
   *     prints for one key, or what {@code minisign -G} prints or puts into {@code minisign.pub}
   * @throws UnusableKeyException when it is no such key, or one that nobody should trust any more
   */
  static TrustedKey parse(String text) throws UnusableKeyException {
    String key = text.strip();
    if (key.startsWith(OpenPgpKey.ARMOR)) {
      return OpenPgpKey.parse(key);
    }
    return MinisignKey.isMeant(key) ? MinisignKey.parse(key) : SshKey.parse(key);
  }

  /** A text that cannot be taken for a key to trust. */
  final class UnusableKeyException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why, as the end of a sentence that names the text. */
    public UnusableKeyException(String observed) {
      super(observed);
    }

    /** Why, as the end of a sentence that names the text. */
    public String observed() {
      return String.valueOf(getMessage());
    }
  }
}
