package org.spoolway.host.postgres;

import org.jspecify.annotations.Nullable;

/** What the server, or the way to it, refused. */
final class SqlFailure extends Exception {

  private static final long serialVersionUID = 1L;

  static final String DISK_FULL = "53100";
  static final String NO_PRIVILEGE = "42501";
  static final String IN_USE = "55006";

  private final @Nullable String state;

  /**
   * A failure.
   *
   * @param state the SQLSTATE; null when the server was not reached, or was lost
   */
  SqlFailure(@Nullable String state, String message) {
    super(message);
    this.state = state;
  }

  /** Whether the server said so, rather than the way to it. */
  boolean isServers() {
    return state != null && !isShutdown();
  }

  /** Of class 57P: the server goes down, or comes up. */
  private boolean isShutdown() {
    return state != null && state.startsWith("57P");
  }

  boolean is(String other) {
    return other.equals(state);
  }

  String observed() {
    return state == null ? String.valueOf(getMessage()) : getMessage() + " (" + state + ")";
  }
}
