package org.spoolway.host.directory;

import org.spoolway.wording.Printable;

/** A candidate that cannot be a release as it is, whoever asks and whenever. */
final class UnusableCandidateException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why, as the end of a sentence that names the candidate; may hold text of whoever made it. */
  UnusableCandidateException(String reason) {
    super(Printable.line(reason));
  }

  /** Why, as the end of a sentence that names the candidate. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
