package org.spoolway.tests;

import java.util.List;

/** What people see of foreign text. */
final class Printed {

  private Printed() {}

  /**
   * The lines of a text that could disturb a terminal, that read as something else than they are,
   * or that a stranger has begun.
   */
  static List<String> unsafeLines(String text) {
    return text.lines()
        .filter(line -> line.matches("\\d\\d:\\d\\d:\\d\\d ERROR forged.*") || isUnsafe(line))
        .toList();
  }

  private static boolean isUnsafe(String line) {
    return line.codePoints()
        .map(Character::getType)
        .anyMatch(
            type ->
                type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR);
  }
}
