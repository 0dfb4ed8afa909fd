package org.spoolway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyLocatorTest {

  private static final String TEXT =
      """
      # a = 1
      name = "notes" # [not.a.table]

      "quo ted" . 'x' = 1
      text = \"""
      [hidden]
      key = 1 \\\""" still
      \"""
      raw = '''
      [hidden2]
      '''''
      list = [ # ]
        "]", '[', [
        1 ], { inner = 1,
        second = "}" },
      ]
      inline = { a = 1, b.c = "x", "d" = [ { e = 1 } ] }
      last = 2026-11-21T02:00:00Z

      [ table ]
      one = true
      [table.sub]
      one = "\\"]"
      [[many]]
      two = 2
      [a.b.c]
      """;

  private final KeyLocator locator = new KeyLocator(TEXT);

  @Test
  void everyKeyHasItsLine() {
    assertLine(2, "name");
    assertLine(4, "quo ted");
    assertLine(4, "quo ted", "x");
    assertLine(5, "text");
    assertLine(9, "raw");
    assertLine(12, "list");
    assertLine(14, "list", "inner");
    assertLine(15, "list", "second");
    assertLine(17, "inline");
    assertLine(17, "inline", "b", "c");
    assertLine(17, "inline", "d", "e");
    assertLine(18, "last");
    assertLine(20, "table");
    assertLine(21, "table", "one");
    assertLine(22, "table", "sub");
    assertLine(23, "table", "sub", "one");
    assertLine(24, "many");
    assertLine(25, "many", "two");
    assertLine(26, "a");
    assertLine(26, "a", "b", "c");
  }

  @Test
  void keyThatIsNotThereHasTheLineOfItsTable() {
    assertLine(20, "table", "absent");
    assertLine(22, "table", "sub", "absent", "deeper");
  }

  @Test
  void whatLooksLikeAKeyInTextsAndCommentsIsNone() {
    assertLine(Findings.NO_LINE, "hidden");
    assertLine(Findings.NO_LINE, "hidden2");
    assertLine(Findings.NO_LINE, "key");
    assertLine(Findings.NO_LINE, "not");
    assertLine(Findings.NO_LINE);
  }

  @Test
  void anyTextComesToAnEnd() {
    Random random = new Random(7);
    String letters = "ab.=[]{}\"'#\\ \n,1";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(30), 0, letters.length())
          .forEach(c -> text.append(letters.charAt(c)));
      new KeyLocator(text.toString()).line(Key.TOP.child("a"));
    }
  }

  private void assertLine(int line, String... parts) {
    assertEquals(line, locator.line(new Key(List.of(parts))), String.join(".", parts));
  }
}
