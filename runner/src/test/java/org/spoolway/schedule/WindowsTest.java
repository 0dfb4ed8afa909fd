package org.spoolway.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.schedule.Window.Opening;

/** Windows of the week, also while clocks are changed. 2026-11-23 is a Monday. */
class WindowsTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # windows                        | at                   | start                | end
          # on its days only
          Mon-Fri 02:00-04:00              | 2026-11-23T01:59:59Z | 2026-11-23T02:00:00Z | 2026-11-23T04:00:00Z
          Mon-Fri 02:00-04:00              | 2026-11-23T02:00:00Z | 2026-11-23T02:00:00Z | 2026-11-23T04:00:00Z
          Mon-Fri 02:00-04:00              | 2026-11-23T03:59:59Z | 2026-11-23T02:00:00Z | 2026-11-23T04:00:00Z
          Mon-Fri 02:00-04:00              | 2026-11-23T04:00:00Z | 2026-11-24T02:00:00Z | 2026-11-24T04:00:00Z
          Mon-Fri 02:00-04:00              | 2026-11-27T04:00:00Z | 2026-11-30T02:00:00Z | 2026-11-30T04:00:00Z
          Wed 02:00-04:00                  | 2026-11-25T04:00:00Z | 2026-12-02T02:00:00Z | 2026-12-02T04:00:00Z
          02:00-04:00                      | 2026-11-28T03:00:00Z | 2026-11-28T02:00:00Z | 2026-11-28T04:00:00Z
          # past midnight
          Sun 22:00-06:00                  | 2026-11-23T05:59:00Z | 2026-11-22T22:00:00Z | 2026-11-23T06:00:00Z
          Sun 22:00-06:00                  | 2026-11-23T06:00:00Z | 2026-11-29T22:00:00Z | 2026-11-30T06:00:00Z
          Mon 22:00-24:00                  | 2026-11-23T23:59:59Z | 2026-11-23T22:00:00Z | 2026-11-24T00:00:00Z
          Mon 22:00-00:00                  | 2026-11-23T23:59:59Z | 2026-11-23T22:00:00Z | 2026-11-24T00:00:00Z
          Mon 22:00-24:00                  | 2026-11-24T00:00:00Z | 2026-11-30T22:00:00Z | 2026-12-01T00:00:00Z
          Mon 00:00-24:00                  | 2026-11-23T12:00:00Z | 2026-11-23T00:00:00Z | 2026-11-24T00:00:00Z
          Mon 12:00-11:59                  | 2026-11-24T11:58:00Z | 2026-11-23T12:00:00Z | 2026-11-24T11:59:00Z
          # ranges past the end of the week, and lists
          Sat-Mon 02:00-04:00              | 2026-11-27T12:00:00Z | 2026-11-28T02:00:00Z | 2026-11-28T04:00:00Z
          Sat-Mon 02:00-04:00              | 2026-11-29T12:00:00Z | 2026-11-30T02:00:00Z | 2026-11-30T04:00:00Z
          Sat-Mon 02:00-04:00              | 2026-11-30T12:00:00Z | 2026-12-05T02:00:00Z | 2026-12-05T04:00:00Z
          Mon,Wed 02:00-04:00              | 2026-11-23T12:00:00Z | 2026-11-25T02:00:00Z | 2026-11-25T04:00:00Z
          Mon,Fri-Sun 02:00-04:00          | 2026-11-23T12:00:00Z | 2026-11-27T02:00:00Z | 2026-11-27T04:00:00Z
          # several: the one that began first, and of those the longest
          Mon 02:00-04:00;Mon 03:00-05:00  | 2026-11-23T03:30:00Z | 2026-11-23T02:00:00Z | 2026-11-23T04:00:00Z
          Mon 02:00-04:00;Mon 03:00-05:00  | 2026-11-23T04:30:00Z | 2026-11-23T03:00:00Z | 2026-11-23T05:00:00Z
          Mon 02:00-04:00;Mon 02:00-05:00  | 2026-11-23T02:30:00Z | 2026-11-23T02:00:00Z | 2026-11-23T05:00:00Z
          """)
  void theStretchThatAnInstantLiesInOrTheNext(
      String windows, Instant at, Instant start, Instant end) {
    assertEquals(
        Optional.of(new Opening(start, end)), windows(windows, ZoneId.of("UTC")).atOrAfter(at));
  }

  /** On 2026-03-29 Berlin goes from 02:00 to 03:00, on 2026-10-25 from 03:00 back to 02:00. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # window          | at                   | start                | end
          # set forward
          Sun 02:00-04:00   | 2026-03-29T00:00:00Z | 2026-03-29T01:00:00Z | 2026-03-29T02:00:00Z
          Sun 02:30-03:15   | 2026-03-29T00:00:00Z | 2026-03-29T01:00:00Z | 2026-03-29T01:15:00Z
          Sun 01:30-02:30   | 2026-03-29T00:00:00Z | 2026-03-29T00:30:00Z | 2026-03-29T01:00:00Z
          Sun 02:10-02:50   | 2026-03-29T00:00:00Z | 2026-04-05T00:10:00Z | 2026-04-05T00:50:00Z
          Sat 22:00-06:00   | 2026-03-29T00:00:00Z | 2026-03-28T21:00:00Z | 2026-03-29T04:00:00Z
          # set back: an hour longer, or only the first time that the clock shows it
          Sun 02:00-04:00   | 2026-10-25T00:00:00Z | 2026-10-25T00:00:00Z | 2026-10-25T03:00:00Z
          Sun 02:10-02:50   | 2026-10-25T00:00:00Z | 2026-10-25T00:10:00Z | 2026-10-25T00:50:00Z
          Sun 02:10-02:50   | 2026-10-25T01:20:00Z | 2026-11-01T01:10:00Z | 2026-11-01T01:50:00Z
          Sun 01:00-02:30   | 2026-10-24T23:00:00Z | 2026-10-24T23:00:00Z | 2026-10-25T00:30:00Z
          Sun 02:30-03:30   | 2026-10-25T02:00:00Z | 2026-10-25T00:30:00Z | 2026-10-25T02:30:00Z
          Sat 22:00-06:00   | 2026-10-25T00:00:00Z | 2026-10-24T20:00:00Z | 2026-10-25T05:00:00Z
          """)
  void clocksThatAreChanged(String window, Instant at, Instant start, Instant end) {
    assertEquals(Optional.of(new Opening(start, end)), windows(window, BERLIN).atOrAfter(at));
  }

  @Test
  void theNextOneIsNotTheOneOfNow() {
    Windows windows = windows("Mon-Fri 02:00-04:00", ZoneId.of("UTC"));
    assertEquals(
        Optional.of(Instant.parse("2026-11-24T02:00:00Z")),
        windows.after(Instant.parse("2026-11-23T02:00:00Z")).map(Opening::start));
    assertEquals(Optional.empty(), new Windows(List.of(), BERLIN).after(Instant.EPOCH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Mon",
        "Mon-Fri",
        "02:00",
        "2:00-4:00",
        "02:00-25:00",
        "24:00-02:00",
        "02:60-04:00",
        "02:00-02:00",
        "00:00-00:00",
        "mon 02:00-04:00",
        "Monday 02:00-04:00",
        "Mon, Wed 02:00-04:00",
        "Mon-Wed-Fri 02:00-04:00",
        "Mon  02:00-04:00",
        "Mon 02:00 - 04:00",
        " 02:00-04:00",
        "Mon 02:00-04:00\n"
      })
  void whatIsNoWindow(String text) {
    assertEquals(Optional.empty(), Window.parse(text));
  }

  private static Windows windows(String texts, ZoneId zone) {
    return new Windows(
        Stream.of(texts.split(";", -1)).map(text -> Window.parse(text).orElseThrow()).toList(),
        zone);
  }
}
