package org.spoolway.host.directory;

/** A candidate that nothing can be told of now, and perhaps the next time. */
final class UnsettledException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why, as the end of a sentence that names the candidate. */
  UnsettledException(String reason) {
    super(reason);
  }

  /** Why, as the end of a sentence that names the candidate. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
