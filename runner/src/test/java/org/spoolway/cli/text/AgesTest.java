package org.spoolway.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0.0 s",
    "PT-5S, 0.0 s",
    "PT0.849S, 0.8 s",
    "PT9.999S, 9.9 s",
    "PT10S, 10 s",
    "PT59.9S, 59 s",
    "PT60S, 1 min",
    "PT3M5S, 3 min 5 s",
    "PT2H, 2 h",
    "PT2H10M59S, 2 h 10 min",
    "PT47H59M, 47 h 59 min",
    "P2D, 2 d",
    "P400D, 400 d"
  })
  void durationsReadAsPeopleSayThem(Duration duration, String text) {
    assertEquals(text, Ages.of(duration));
  }

  @Test
  void shortTimesAreToldToTheMillisecond() {
    assertEquals("812 ms", Ages.ofMillis(812L));
    assertEquals("1.5 s", Ages.ofMillis(1500L));
    assertEquals("", Ages.ofMillis(null));
  }

  @Test
  void whatLiesAheadWasJustNow() {
    assertEquals("0.0 s", Ages.since(Instant.EPOCH.plusSeconds(9), Instant.EPOCH));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "3250585, 3.1 MiB",
    "1048575, 1.0 MiB",
    "45097156608, 42 GiB",
    "5497558138880, 5.0 TiB",
    "9223372036854775807, 8388608 TiB"
  })
  void sizesReadAsPeopleSayThem(long bytes, String text) {
    assertEquals(text, Sizes.of(bytes));
  }
}
