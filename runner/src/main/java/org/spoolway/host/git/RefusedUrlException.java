package org.spoolway.host.git;

/** A repository's address that is not accepted; the message says why. */
final class RefusedUrlException extends Exception {

  private static final long serialVersionUID = 1L;

  RefusedUrlException(String reason) {
    super(reason);
  }

  /** Why, as the part of a sentence that follows a colon. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
