package org.spoolway.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTimeTest {

  @ParameterizedTest
  @CsvSource({
    "1795224895, 2026-11-21T01:34:55Z",
    "1795224895123, 2026-11-21T01:34:55.123Z",
    "1795224895123456, 2026-11-21T01:34:55.123456Z",
    "1795224895123456789, 2026-11-21T01:34:55.123456789Z",
    "20261121T013455Z, 2026-11-21T01:34:55Z",
    "20261121T013455.5Z, 2026-11-21T01:34:55.5Z",
    "20261121T013455.123456789Z, 2026-11-21T01:34:55.123456789Z",
    "20261121T013455.1234567899999Z, 2026-11-21T01:34:55.123456789Z",
    "20240229T235959Z, 2024-02-29T23:59:59Z",
    "0000000000, 1970-01-01T00:00:00Z",
    "0000000000000000001, 1970-01-01T00:00:00.000000001Z",
    "9999999999, 2286-11-20T17:46:39Z",
    "9999999999999999999, 2286-11-20T17:46:39.999999999Z",
    "00010101T000000Z, 0001-01-01T00:00:00Z"
  })
  void eachSpellingIsTheInstantThatItMeans(String text, Instant instant) {
    assertEquals(Optional.of(instant), EntryTime.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "179522489",
        "17952248951",
        "179522489512",
        "17952248951234",
        "179522489512345",
        "17952248951234567",
        "179522489512345678",
        "17952248951234567890",
        "Z",
        "T",
        "20261121T013455",
        "20261121T013455.Z",
        "20261121T01:34:55Z",
        "2026-11-21T01:34:55Z",
        "20261121T0134Z",
        "20261121013455Z",
        "20261121T013455z",
        "20261121 013455Z",
        "20261121T013455,5Z",
        "20261121T013455+0100",
        "120261121T013455Z",
        "20261121T013455.5.5Z"
      })
  void otherCountsOfDigitsAndOtherFormsAreNoTimes(String text) {
    assertEquals(Optional.empty(), EntryTime.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20260230T000000Z", "20270229T000000Z", "19000229T000000Z", "20261301T000000Z",
        "20260001T000000Z", "20260100T000000Z", "20260431T000000Z", "20261121T240000Z",
        "20261121T006000Z", "20261121T000060Z", "20161231T235960Z", "99999999T999999Z"
      })
  void impossibleDatesAreNoTimes(String text) {
    assertEquals(Optional.empty(), EntryTime.parse(text));
  }

  @Test
  void allSpellingsOfOneMomentAreEqual() {
    Random random = new Random(7);
    DateTimeFormatter compact = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
    for (int i = 0; i < 2_000; i++) {
      long seconds = 1_000_000_000L + (long) (random.nextDouble() * 8_000_000_000L);
      Optional<Instant> moment = Optional.of(Instant.ofEpochSecond(seconds));
      String date = compact.format(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
      for (String text :
          new String[] {
            "" + seconds,
            seconds + "000",
            seconds + "000000",
            seconds + "000000000",
            date + "Z",
            date + ".000Z"
          }) {
        assertEquals(moment, EntryTime.parse(text), text);
      }
    }
  }
}
