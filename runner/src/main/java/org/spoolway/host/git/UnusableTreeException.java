package org.spoolway.host.git;

/** What a tag names cannot be a release; the message says why. */
final class UnusableTreeException extends Exception {

  private static final long serialVersionUID = 1L;

  UnusableTreeException(String reason) {
    super(reason);
  }

  /** Why, as the part of a sentence that follows a colon. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
