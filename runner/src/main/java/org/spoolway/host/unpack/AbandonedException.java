package org.spoolway.host.unpack;

import java.io.IOException;

/** The work was given up from outside; nobody waits for its outcome. */
public final class AbandonedException extends IOException {

  private static final long serialVersionUID = 1L;

  AbandonedException() {
    super("given up");
  }
}
