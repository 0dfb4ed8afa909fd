package org.spoolway.config;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds the line of a key, which the TOML parser does not tell. It reads the text on its own,
 * relying on the parser's having accepted it: headers, keys, and values only as far as needed to
 * skip them. A text that is not well-formed gives wrong lines, but always an end.
 */
final class KeyLocator {

  private static final char END = '\0';

  private final String text;
  private final Map<Key, Integer> lines = new HashMap<>();
  private final Map<Key, Integer> counts = new HashMap<>();
  private int at;
  private int line = 1;

  /**
   * @param text a well-formed TOML document
   */
  KeyLocator(String text) {
    this.text = text;
    Key table = Key.TOP;
    for (skipBlank(); more(); skipBlank()) {
      int start = at;
      if (peek() == '[') {
        table = header();
      } else {
        assignment(table);
      }
      moveOnFrom(start);
    }
  }

  /**
   * The line of a key, or of the nearest table around it; {@link Findings#NO_LINE} when none is.
   */
  int line(Key key) {
    Key nearest = key;
    while (!lines.containsKey(nearest) && !nearest.parts().isEmpty()) {
      nearest = nearest.parent();
    }
    return lines.getOrDefault(nearest, Findings.NO_LINE);
  }

  private Key header() {
    boolean isOneOfMany = text.startsWith("[[", at);
    int start = line;
    skipAny("[ \t");
    Key table = key(Key.TOP);
    skipAny("] \t");
    if (!isOneOfMany) {
      return table;
    }
    Key element = table.element(counts.merge(table, 1, Integer::sum) - 1);
    lines.putIfAbsent(element, start);
    return element;
  }

  private void assignment(Key table) {
    Key key = key(table);
    skipAny("= \t");
    value(key);
  }

  /** A dotted key. The first place that names a table is where the table begins. */
  private Key key(Key table) {
    Key key = table;
    while (more() && "]=\r\n".indexOf(peek()) < 0) {
      key = key.child(part());
      lines.putIfAbsent(key, line);
      skipAny(". \t");
    }
    return key;
  }

  private String part() {
    int start = at;
    if (peek() == '"' || peek() == '\'') {
      string();
      return text.substring(start + 1, Math.max(start + 1, at - 1));
    }
    skipUntil("=.] \t\r\n");
    return text.substring(start, at);
  }

  private void value(Key key) {
    switch (peek()) {
      case '"', '\'' -> string();
      case '[' -> array(key);
      case '{' -> inlineTable(key);
      default -> skipUntil(",]}#\r\n");
    }
  }

  private void array(Key key) {
    advance(1);
    for (skipBlank(); more() && peek() != ']'; skipBlank()) {
      int start = at;
      value(key);
      moveOnFrom(start);
    }
    advance(1);
  }

  private void inlineTable(Key key) {
    advance(1);
    for (skipBlank(); more() && peek() != '}'; skipBlank()) {
      int start = at;
      assignment(key);
      moveOnFrom(start);
    }
    advance(1);
  }

  private void string() {
    String quote = text.substring(at, at + 1);
    String fence = text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
    advance(fence.length());
    while (more() && !text.startsWith(fence, at)) {
      advance(quote.equals("\"") && peek() == '\\' ? 2 : 1);
    }
    advance(fence.length());
    // A multi-line string may end with up to two quotes of its own before the closing three.
    while (fence.length() == 3 && text.startsWith(quote, at)) {
      advance(1);
    }
  }

  private void skipBlank() {
    skipAny(" \t\r\n,");
    while (peek() == '#') {
      skipUntil("\n");
      skipAny(" \t\r\n,");
    }
  }

  private void skipAny(String characters) {
    while (more() && characters.indexOf(peek()) >= 0) {
      advance(1);
    }
  }

  private void skipUntil(String characters) {
    while (more() && characters.indexOf(peek()) < 0) {
      advance(1);
    }
  }

  /** Only in a text that is not well-formed does nothing fit; then one character is given up. */
  private void moveOnFrom(int start) {
    if (at == start) {
      advance(1);
    }
  }

  private boolean more() {
    return at < text.length();
  }

  private char peek() {
    return more() ? text.charAt(at) : END;
  }

  private void advance(int count) {
    for (int i = 0; i < count && more(); i++) {
      if (text.charAt(at) == '\n') {
        line++;
      }
      at++;
    }
  }
}
