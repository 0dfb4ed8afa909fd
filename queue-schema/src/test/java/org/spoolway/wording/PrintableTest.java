package org.spoolway.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void whatATerminalWouldObeyIsShownAsItsCodePoint() {
    assertEquals("\\u001b[31mred \\u202e \\u2028", Printable.text("\u001b[31mred \u202e \u2028"));
    assertEquals("\\udb40\\udc41 \\ud800", Printable.text("\udb40\udc41 \ud800"));
  }

  @Test
  void lineEndsAndTabsStayInATextOnly() {
    assertEquals("a\n\tb\\u000d", Printable.text("a\n\tb\r"));
    assertEquals("a b c", Printable.line(" a \r\n b\tc\n"));
  }

  @Test
  void whatLooksLikeItselfStays() {
    String text = "Zo\u00eb \u4e16 \ud83d\ude00 \\ \"";
    assertEquals(text, Printable.text(text));
  }
}
