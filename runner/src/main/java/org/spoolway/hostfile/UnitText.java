package org.spoolway.hostfile;

import java.util.ArrayList;
import java.util.List;

/** The text of a unit as systemd reads it; only for {@link PlainText}. */
final class UnitText {

  private UnitText() {}

  /** Lines as systemd joins them, without comments and blanks around. */
  static List<String> logicalLines(String content) {
    List<String> lines = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String line : content.lines().toList()) {
      boolean comment = line.strip().startsWith("#") || line.strip().startsWith(";");
      if (comment) {
        continue;
      }
      if (isContinued(line)) {
        open.append(line, 0, line.length() - 1).append(' ');
      } else {
        lines.add((open + line).strip());
        open.setLength(0);
      }
    }
    lines.add(open.toString().strip());
    lines.removeIf(String::isEmpty);
    return lines;
  }

  /** Two backslashes are one that is meant. */
  private static boolean isContinued(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\\') {
      end--;
    }
    return (line.length() - end) % 2 == 1;
  }
}
