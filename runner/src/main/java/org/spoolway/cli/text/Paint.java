package org.spoolway.cli.text;

/** What a piece of text means, for terminals that show colours. */
public enum Paint {
  /** Nothing special. */
  PLAIN(""),
  /** It went well. */
  GOOD("32"),
  /** It went badly. */
  BAD("31"),
  /** It wants attention. */
  WARN("33"),
  /** It matters less. */
  DIM("2"),
  /** It names what follows. */
  BOLD("1");

  private final String code;

  Paint(String code) {
    this.code = code;
  }

  /** The text between the terminal's codes for this; the text itself is taken as it is. */
  String on(String text) {
    return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
