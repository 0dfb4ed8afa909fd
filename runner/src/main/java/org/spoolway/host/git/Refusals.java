package org.spoolway.host.git;

/**
 * What this side refused during a conversation; the failure that follows does not say it plainly.
 */
final class Refusals {

  private volatile boolean login;
  private volatile boolean hostKey;

  /** The other side asked for a user and password, and nobody is there to give one. */
  void refuseLogin() {
    login = true;
  }

  /** The other side showed a host key that is not known. */
  void refuseHostKey() {
    hostKey = true;
  }

  /** Whether a login was refused. */
  boolean ofLogin() {
    return login;
  }

  /** Whether a host key was refused. */
  boolean ofHostKey() {
    return hostKey;
  }
}
