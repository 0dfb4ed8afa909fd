package org.spoolway.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.instancio.junit.Given;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.spoolway.foreign.ForeignText;

/** Whatever the text is: no character of it that a terminal would obey comes out as itself. */
@ExtendWith(InstancioExtension.class)
class ForeignTextTest {

  private static final int SAMPLES = 20_000;

  /** The categories as the Unicode standard names them, not as the code under test does. */
  private static final Set<Integer> OBEYED =
      Set.of(
          (int) Character.CONTROL,
          (int) Character.FORMAT,
          (int) Character.SURROGATE,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR);

  @Test
  void aPrintableLineHoldsNothingThatATerminalObeys(
      @Given(ForeignText.class) Stream<String> texts) {
    texts.limit(SAMPLES).forEach(text -> assertHarmless(text, Printable.line(text), ""));
  }

  @Test
  void aPrintableTextKeepsLineEndsAndTabsAndNothingElseOfThatKind(
      @Given(ForeignText.class) Stream<String> texts) {
    texts
        .limit(SAMPLES)
        .forEach(
            text -> {
              String shown = Printable.text(text);
              assertHarmless(text, shown, "\n\t");
              assertEquals(count(text, '\n'), count(shown, '\n'), text);
              assertEquals(shown, Printable.text(shown), "shown twice");
            });
  }

  @Test
  void aQuotedTextIsOneLineThatEndsWhereItsQuotesEnd(
      @Given(ForeignText.class) Stream<String> texts) {
    texts
        .limit(SAMPLES)
        .forEach(
            text -> {
              String quoted = Quoted.of(text);
              assertHarmless(text, quoted, "");
              assertTrue(quoted.matches("\"(?:[^\"\\\\]|\\\\.)*\""), quoted);
            });
  }

  @Test
  void everyCharacterThatHasAMeaningComesOutHarmless() {
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(c -> Character.isDefined(c) && Character.getType(c) != Character.PRIVATE_USE)
        .filter(c -> !Character.isLetter(c) || c < 0x3000)
        .mapToObj(c -> "a" + Character.toString(c) + "b")
        .forEach(
            text -> {
              assertHarmless(text, Printable.line(text), "");
              assertHarmless(text, Quoted.of(text), "");
            });
  }

  private static void assertHarmless(String text, String shown, String allowed) {
    shown
        .codePoints()
        .filter(c -> allowed.indexOf(c) < 0)
        .forEach(
            c ->
                assertTrue(
                    !OBEYED.contains(Character.getType(c))
                        && !Character.isISOControl(c)
                        && !isDirectional(c),
                    () -> String.format("U+%04X came through in %s", c, escaped(text))));
  }

  private static boolean isDirectional(int c) {
    return switch (Character.getDirectionality(c)) {
      case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
          Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
          Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE ->
          true;
      default -> false;
    };
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  private static String escaped(String text) {
    StringBuilder units = new StringBuilder();
    text.chars().forEach(unit -> units.append(String.format("\\u%04x", unit)));
    return units.toString();
  }
}
