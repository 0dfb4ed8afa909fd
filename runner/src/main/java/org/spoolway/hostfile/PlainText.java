package org.spoolway.hostfile;

import java.util.Set;
import org.spoolway.problem.ProblemException;

/**
 * Text of which every reader says alike where a line ends, what is blank and what is there at all.
 * systemd ends lines at NUL too, takes a line feed and a carriage return in either order for one
 * end, knows no blanks but ASCII's, and passes over what is no character: what is checked here as a
 * comment would be a line of its own there.
 */
final class PlainText {

  private static final Set<Byte> UNSEEN =
      Set.of(
          Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR);

  private PlainText() {}

  /**
   * Refuses text that is not plain.
   *
   * @param name of the file, for the message
   * @throws ProblemException {@code HOST_FILE_REFUSED}
   */
  static void require(String name, String content) throws ProblemException {
    int odd = content.codePoints().filter(PlainText::isOdd).findFirst().orElse(-1);
    if (odd >= 0) {
      throw Refusal.of(
          name,
          "it has the character U+%04X, which its readers take differently".formatted(odd),
          "Write it with line feeds, tabs, spaces and characters that can be seen.");
    }
  }

  private static boolean isOdd(int character) {
    return character != '\n'
        && character != '\t'
        && character != ' '
        && UNSEEN.contains((byte) Character.getType(character));
  }
}
