package org.spoolway.host.git;

import java.io.IOException;

/** Called between the small parts of long work: a sign of life, and the place to give up. */
@FunctionalInterface
interface Pulse {

  /**
   * Tells that the work goes on.
   *
   * @throws AbandonedException when it should not
   */
  void beat() throws AbandonedException;

  /** The work was given up from outside; nobody waits for its outcome. */
  final class AbandonedException extends IOException {

    private static final long serialVersionUID = 1L;

    AbandonedException() {
      super("given up");
    }
  }
}
