package org.spoolway.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuotedTest {

  @Test
  void ordinaryTextOfAnyScriptIsShownAsItIs() {
    assertEquals("\"notes é 漢字 🚀 'x'\"", Quoted.of("notes é 漢字 🚀 'x'"));
    assertEquals("\"\"", Quoted.of(""));
  }

  @Test
  void whatATerminalCouldObeyIsEscaped() {
    assertEquals("\"\\u001b[2J\\u000a\\u0000\\u007f\"", Quoted.of("\u001b[2J\n\0\u007f"));
    assertEquals("\"\\u202egpj.exe\\u2028\\ufeff\"", Quoted.of("\u202egpj.exe\u2028\ufeff"));
    assertEquals("\"\\U000e0041\\ud800\"", Quoted.of("\udb40\udc41\ud800"));
  }

  @Test
  void quotesAndBackslashesAreEscapedSoThatTheEndIsClear() {
    assertEquals("\"a\\\" \\\\\"", Quoted.of("a\" \\"));
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertEquals("\"" + "x".repeat(80) + "\"", Quoted.of("x".repeat(80)));
    assertEquals("\"" + "x".repeat(80) + "…\"", Quoted.of("x".repeat(81)));
    assertEquals("\"" + "x".repeat(79) + "🚀…\"", Quoted.of("x".repeat(79) + "🚀x"));
  }
}
