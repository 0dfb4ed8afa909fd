package org.spoolway.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spoolway.cli.text.Screen.Kind;

class ScreenTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Screen screen(Kind kind, int columns) {
    return new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), kind, columns);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void fileGetsNeitherColoursNorLiveLines() {
    Screen screen = screen(Kind.FILE, 80);
    screen.live(Line.of("coming"));
    screen.print(Line.of(Paint.GOOD, "done").add(" fetch"));
    screen.erase();
    assertEquals("done fetch\n", text());
  }

  @Test
  void terminalShowsColours() {
    screen(Kind.COLOUR, 80).print(Line.of(Paint.GOOD, "done").add(Paint.BAD, "").add(" fetch"));
    assertEquals("\u001b[32mdone\u001b[0m fetch\n", text());
  }

  @Test
  void liveLineGivesWayToTheNextAndToOrdinaryOnes() {
    Screen screen = screen(Kind.MONOCHROME, 80);
    screen.live(Line.of("one"));
    screen.live(Line.of("two"));
    screen.print("three");
    screen.print("four");
    assertEquals("\r\u001b[Kone\r\u001b[Ktwo\r\u001b[Kthree\nfour\n", text());
  }

  @Test
  void liveLineIsCutBeforeItWraps() {
    screen(Kind.COLOUR, 8).live(Line.of("  ▸ ").add(Paint.BOLD, "fetch").add(" more"));
    assertEquals("\r\u001b[K  ▸ \u001b[1mfet\u001b[0m", text());
  }

  @Test
  void foreignTextIsHarmlessAndStaysOnItsLine() {
    screen(Kind.COLOUR, 80).print(Line.of("a\u001b[2J").add(Paint.BAD, " b\nc\td \u202e "));
    assertEquals("a\\u001b[2J\u001b[31m b c d \\u202e \u001b[0m\n", text());
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    new Table("NAME", "", "X")
        .row("notes", "é", "1")
        .row("𝒳", "", "2\n3")
        .print(screen(Kind.FILE, 80));
    assertEquals(
        """
        NAME      X
        notes  é  1
        𝒳         2 3
        """,
        text());
    Table table = new Table("A", "B");
    assertThrows(IllegalArgumentException.class, () -> table.row("1"));
  }

  @Test
  void jsonEscapesWhatATerminalCouldObey() {
    Json.print(
        new PrintStream(bytes, true, StandardCharsets.UTF_8),
        Map.of("a", "\u009b\u202e\ud83d\ude00\n\udb40\udc01"));
    assertEquals("{\n  \"a\" : \"\\u009b\\u202e😀\\n\\udb40\\udc01\"\n}\n", text());
  }
}
