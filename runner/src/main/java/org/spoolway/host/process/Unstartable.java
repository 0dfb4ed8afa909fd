package org.spoolway.host.process;

/** A program that cannot be started; the message says why, for people. */
final class Unstartable extends Exception {

  private static final long serialVersionUID = 1L;

  Unstartable(String message) {
    super(message);
  }
}
