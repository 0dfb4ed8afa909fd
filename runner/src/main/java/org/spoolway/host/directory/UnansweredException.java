package org.spoolway.host.directory;

/** A candidate that took too long to tell its version: it is asked again by the next look. */
final class UnansweredException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why, as the end of a sentence that names the candidate. */
  UnansweredException(String reason) {
    super(reason);
  }

  /** Why, as the end of a sentence that names the candidate. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
