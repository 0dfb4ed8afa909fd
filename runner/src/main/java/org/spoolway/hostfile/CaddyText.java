package org.spoolway.hostfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The text of a site as Caddy reads it, as far as it is written plainly: a line for each directive,
 * braces at its end or alone, and what is quoted ends on its line. Only for {@link PlainText}.
 */
final class CaddyText {

  private static final String BLANKS = " \t";
  private static final Set<String> BRACES = Set.of("{", "}", "{}");

  private CaddyText() {}

  /** Thrown where a text is not written plainly. */
  static final class NotPlain extends Exception {
    private static final long serialVersionUID = 1L;

    NotPlain(String observed) {
      super(observed);
    }
  }

  /** The words of each line that has any, without quotes and comments. */
  static List<List<String>> lines(String text) throws NotPlain {
    if (text.contains("{$")) {
      throw new NotPlain("Caddy would exchange what follows `{$` before it reads the site");
    }
    List<List<String>> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      List<String> words = words(line);
      if (!words.isEmpty()) {
        lines.add(words);
      }
    }
    return lines;
  }

  private static List<String> words(String line) throws NotPlain {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length() && line.charAt(at) != '#') {
      if (BLANKS.indexOf(line.charAt(at)) >= 0) {
        at++;
      } else {
        int end = line.charAt(at) == '"' ? endOfQuoted(line, at) : endOfWord(line, at);
        words.add(line.substring(at, end).replaceAll("^\"|\"$", ""));
        at = end;
      }
    }
    requirePlain(words, line.strip());
    return words;
  }

  private static int endOfQuoted(String line, int start) throws NotPlain {
    int end = line.indexOf('"', start + 1) + 1;
    if (end == 0 || (end < line.length() && BLANKS.indexOf(line.charAt(end)) < 0)) {
      throw new NotPlain("`" + line.strip() + "` is not quoted plainly");
    }
    return end;
  }

  private static int endOfWord(String line, int start) {
    int end = start;
    while (end < line.length() && BLANKS.indexOf(line.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static void requirePlain(List<String> words, String line) throws NotPlain {
    List<String> inner = words.isEmpty() ? words : words.subList(0, words.size() - 1);
    boolean end = words.size() < 2 || !Set.of("}", "{}").contains(words.get(words.size() - 1));
    boolean escaped =
        words.stream().anyMatch(w -> w.contains("\\") || w.contains("`") || w.contains("<<"));
    if (escaped || !end || inner.stream().anyMatch(BRACES::contains)) {
      throw new NotPlain("`" + line + "` is not written plainly");
    }
  }
}
