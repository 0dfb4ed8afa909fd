package org.spoolway.hostfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spoolway.problem.ProblemException;

class TemplateTest {

  private static String render(String text) throws ProblemException {
    return new Template("proxy.caddy", text)
        .render(Map.of("ROOT", "/opt/notes", "DOMAIN", "$1@ROOT@", "LINES", "a\nb"));
  }

  @Test
  void placeholdersAreReplacedAndNothingElseIs() throws ProblemException {
    assertEquals(
        "root * /opt/notes/static {$HOME} ${x} %i mail@example.org @root@ @2x@",
        render("root * @ROOT@/static {$HOME} ${x} %i mail@example.org @root@ @2x@"));
  }

  @Test
  void aValueIsNotLookedThrough() throws ProblemException {
    assertEquals("$1@ROOT@", render("@DOMAIN@"));
  }

  @Test
  void whatNothingStandsForIsAnError() {
    ProblemException problem = assertThrows(ProblemException.class, () -> render("listen @PROT@"));
    assertEquals("cannot render proxy.caddy: nothing stands for @PROT@", problem.getMessage());
  }

  @Test
  void aValueCannotBeginAnotherLine() {
    assertThrows(ProblemException.class, () -> render("User=@LINES@"));
  }
}
