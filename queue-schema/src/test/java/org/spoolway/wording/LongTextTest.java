package org.spoolway.wording;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spoolway.schema.Request;

/** Text as long as a request may carry is made harmless at once, whatever it repeats. */
class LongTextTest {

  static Stream<String> units() {
    return Stream.of("x", " ", "\t", "\n", "\r\n", " \n", "\u000b", "\f", "\u00a0", "\u001b", "😀");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("units")
  void theLongestTextIsMadeHarmlessAtOnce(String unit) {
    String text = "a" + unit.repeat(Request.MAX_BYTES / unit.length()) + "b";
    assertTimeoutPreemptively(
        Duration.ofSeconds(1),
        () ->
            Printable.line(text).length()
                + Printable.text(text).length()
                + Quoted.of(text).length());
  }
}
