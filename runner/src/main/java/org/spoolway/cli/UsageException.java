package org.spoolway.cli;

/** A command line that picocli accepts and that is wrong all the same. */
final class UsageException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String fix;

  /** The message reads {@code cannot <verb> <object>: <observed>}. */
  UsageException(String message, String fix) {
    super(message);
    this.fix = fix;
  }

  String fix() {
    return fix;
  }
}
