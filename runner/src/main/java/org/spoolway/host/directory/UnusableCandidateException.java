package org.spoolway.host.directory;

import org.spoolway.wording.Printable;

/** A candidate that cannot be a release as it is, whoever asks and whenever. */
final class UnusableCandidateException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Whoever makes candidates must not fill a page with his own words. */
  private static final int LONGEST = 300;

  /** Why, as the end of a sentence that names the candidate; may hold text of whoever made it. */
  UnusableCandidateException(String reason) {
    super(shortened(Printable.line(reason)));
  }

  private static String shortened(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** Why, as the end of a sentence that names the candidate. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
