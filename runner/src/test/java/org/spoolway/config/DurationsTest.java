package org.spoolway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "60s, PT1M",
    "15m, PT15M",
    "2h, PT2H",
    "1d, PT24H",
    "0s, PT0S",
    "999999999d, PT23999999976H"
  })
  void numberAndUnitAreADuration(String text, Duration duration) {
    assertEquals(Optional.of(duration), Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "15",
        "m",
        "1.5h",
        "-1s",
        "+1s",
        "15 m",
        " 15m",
        "15m ",
        "15M",
        "1h30m",
        "015m",
        "1w",
        "PT15M",
        "1000000000s",
        "٣s",
        "15m\n"
      })
  void otherTextsAreNone(String text) {
    assertEquals(Optional.empty(), Durations.parse(text));
  }
}
