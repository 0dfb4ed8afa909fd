package org.spoolway.wording;

import java.util.Locale;

/**
 * Foreign text made harmless for a terminal: characters that it would obey, or that make text read
 * as something else, are shown as their code points.
 */
public final class Printable {

  private static final String BLANKS = " \t\n\u000b\f\r";

  private Printable() {}

  /** Text of any number of lines; line ends and tabs stay. */
  public static String text(CharSequence text) {
    return escape(text, "\n\t");
  }

  /** Text on one line; tabs become blanks, and line ends with all blanks around them one. */
  public static String line(CharSequence text) {
    String whole = text.toString().strip();
    StringBuilder line = new StringBuilder(whole.length());
    int start = 0;
    while (start < whole.length()) {
      int end = start;
      while (end < whole.length() && BLANKS.indexOf(whole.charAt(end)) >= 0) {
        end++;
      }
      if (end == start) {
        line.append(whole.charAt(start++));
      } else {
        String blanks = whole.substring(start, end);
        boolean breaks = blanks.indexOf('\n') >= 0 || blanks.indexOf('\r') >= 0;
        line.append(breaks ? " " : blanks.replace('\t', ' '));
        start = end;
      }
    }
    return escape(line, "");
  }

  /** Whether a terminal takes this character as what it looks like. */
  public static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /**
   * The way a character is written that must not be shown itself; JSON reads it as that character.
   */
  public static String codePoint(int character) {
    StringBuilder escaped = new StringBuilder();
    for (char unit : Character.toChars(character)) {
      escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
    }
    return escaped.toString();
  }

  private static String escape(CharSequence text, String allowed) {
    StringBuilder harmless = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isHarmless(c) || allowed.indexOf(c) >= 0) {
                harmless.appendCodePoint(c);
              } else {
                harmless.append(codePoint(c));
              }
            });
    return harmless.toString();
  }
}
