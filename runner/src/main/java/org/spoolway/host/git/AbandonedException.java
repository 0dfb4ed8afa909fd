package org.spoolway.host.git;

import java.io.IOException;

/** The work was given up from outside; nobody waits for its outcome. */
final class AbandonedException extends IOException {

  private static final long serialVersionUID = 1L;

  AbandonedException() {
    super("given up");
  }
}
