package org.spoolway.host.http;

/** Quotes what somebody else wrote in a line for people. */
final class OneLine {

  private static final int LENGTH = 80;

  private OneLine() {}

  /** The text without control characters, cut when it is long. */
  static String of(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(LENGTH)
        .map(c -> isPrintable(c) ? c : '?')
        .forEach(line::appendCodePoint);
    return text.codePointCount(0, text.length()) > LENGTH
        ? line.append('…').toString()
        : line.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
