package org.spoolway.hostfile;

import java.util.ArrayList;
import java.util.List;

/** The text of a site as nginx reads it; only for {@link PlainText}. */
final class NginxText {

  private static final String BLANKS = " \t\n";
  private static final String SEPARATORS = BLANKS + ";{";

  private final String text;
  private int at;

  private NginxText(String text) {
    this.text = text;
  }

  /**
   * A directive, or the end of a block, which has no words.
   *
   * @param words its name and what follows, without quotes
   * @param ending what ends it
   */
  record Directive(List<String> words, Ending ending) {}

  /** What ends the words of a directive. */
  enum Ending {
    SEMICOLON,
    BLOCK,
    BLOCK_END
  }

  /** Thrown where a text is none of nginx's. */
  static final class NoSuchText extends Exception {
    private static final long serialVersionUID = 1L;

    NoSuchText(String observed) {
      super(observed);
    }
  }

  /** All directives in their order, also those in blocks. */
  static List<Directive> directives(String text) throws NoSuchText {
    NginxText reader = new NginxText(text);
    List<Directive> directives = new ArrayList<>();
    List<String> words = new ArrayList<>();
    reader.skipBlank();
    while (reader.at < text.length()) {
      char next = text.charAt(reader.at);
      if (next == ';' || next == '{' || next == '}') {
        reader.at++;
        directives.add(directive(words, next));
        words.clear();
      } else {
        words.add(next == '"' || next == '\'' ? reader.quoted(next) : reader.word());
      }
      reader.skipBlank();
    }
    if (!words.isEmpty()) {
      throw new NoSuchText("`" + String.join(" ", words) + "` does not end");
    }
    return directives;
  }

  private static Directive directive(List<String> words, char end) throws NoSuchText {
    if (words.isEmpty() != (end == '}')) {
      throw new NoSuchText("`" + String.join(" ", words) + end + "` is no directive");
    }
    Ending ending = end == ';' ? Ending.SEMICOLON : end == '{' ? Ending.BLOCK : Ending.BLOCK_END;
    return new Directive(List.copyOf(words), ending);
  }

  private void skipBlank() {
    while (at < text.length() && (BLANKS.indexOf(text.charAt(at)) >= 0 || text.charAt(at) == '#')) {
      if (text.charAt(at) == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else {
        at++;
      }
    }
  }

  private String quoted(char quote) throws NoSuchText {
    StringBuilder word = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != quote; at++) {
      if (text.charAt(at) == '\\') {
        word.append('\\');
        at++;
      }
      if (at < text.length()) {
        word.append(text.charAt(at));
      }
    }
    at++;
    if (at >= text.length() || (SEPARATORS + ")").indexOf(text.charAt(at)) < 0) {
      throw new NoSuchText("nothing separates " + quote + word + quote + " from what follows");
    }
    return word.toString();
  }

  /** A brace after a dollar sign is part of the word, as in `${name}`. */
  private String word() {
    StringBuilder word = new StringBuilder();
    boolean variable = false;
    for (; at < text.length(); at++) {
      char next = text.charAt(at);
      if (next == '\\' && at + 1 < text.length()) {
        word.append(next);
        at++;
        variable = false;
      } else if (next != '{' || !variable) {
        if (SEPARATORS.indexOf(next) >= 0) {
          break;
        }
        variable = next == '$';
      }
      word.append(text.charAt(at));
    }
    return word.toString();
  }
}
