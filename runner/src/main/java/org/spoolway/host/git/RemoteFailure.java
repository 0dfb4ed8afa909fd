package org.spoolway.host.git;

import org.jspecify.annotations.Nullable;

/** The other side did not deliver; the message says what was observed, in plain words. */
final class RemoteFailure extends Exception {

  private static final long serialVersionUID = 1L;

  RemoteFailure(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }

  /** What was observed, as the part of a sentence that follows a colon. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
