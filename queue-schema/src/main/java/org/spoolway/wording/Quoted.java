package org.spoolway.wording;

/**
 * Foreign text in a message: in double quotes, on one line, with everything escaped that a terminal
 * could obey or that reads as something else (control characters, direction marks, lone
 * surrogates), and cut when it is long.
 */
public final class Quoted {

  /** How many characters of a text are shown. */
  public static final int SHOWN = 80;

  private Quoted() {}

  /** The text in double quotes, safe to print. */
  public static String of(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    int end = Math.min(text.length(), SHOWN);
    for (int at = 0; at < end; at += Character.charCount(text.codePointAt(at))) {
      append(quoted, text.codePointAt(at));
    }
    return quoted.append(text.length() > SHOWN ? "…\"" : "\"").toString();
  }

  private static void append(StringBuilder quoted, int character) {
    if (character == '"' || character == '\\') {
      quoted.append('\\').appendCodePoint(character);
    } else if (isHarmless(character)) {
      quoted.appendCodePoint(character);
    } else if (Character.isBmpCodePoint(character)) {
      quoted.append(String.format("\\u%04x", character));
    } else {
      quoted.append(String.format("\\U%08x", character));
    }
  }

  private static boolean isHarmless(int character) {
    int type = Character.getType(character);
    return Printable.isHarmless(character)
        && type != Character.PRIVATE_USE
        && type != Character.UNASSIGNED;
  }
}
