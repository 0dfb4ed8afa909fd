package org.spoolway.wording;

import java.util.Locale;

/**
 * Foreign text made harmless for a terminal: characters that it would obey, or that make text read
 * as something else, are shown as their code points.
 */
public final class Printable {

  private Printable() {}

  /** Text of any number of lines; line ends and tabs stay. */
  public static String text(CharSequence text) {
    return escape(text, "\n\t");
  }

  /** Text on one line; line ends and tabs become blanks. */
  public static String line(CharSequence text) {
    return escape(text.toString().strip().replaceAll("\\s*[\\r\\n]+\\s*|\\t", " "), "");
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
