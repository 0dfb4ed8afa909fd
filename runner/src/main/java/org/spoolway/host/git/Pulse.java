package org.spoolway.host.git;

/** Called between the small parts of long work: a sign of life, and the place to give up. */
@FunctionalInterface
interface Pulse {

  /**
   * Tells that the work goes on.
   *
   * @throws AbandonedException when it should not
   */
  void beat() throws AbandonedException;
}
