package org.spoolway.layout;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The spellings of time in an inbox's names. The unit of digits alone follows from their count. */
final class EntryTime {

  private static final DateTimeFormatter COMPACT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuuMMdd'T'HHmmss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .appendLiteral('Z')
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private EntryTime() {}

  /** The instant that a text spells, or empty when it is no time or an impossible date. */
  static Optional<Instant> parse(String text) {
    if (text.endsWith("Z")) {
      try {
        return Optional.of(LocalDateTime.parse(text, COMPACT).toInstant(ZoneOffset.UTC));
      } catch (DateTimeException impossible) {
        return Optional.empty();
      }
    }
    return switch (text.length()) {
      case 10 -> Optional.of(Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.SECONDS));
      case 13 -> Optional.of(Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MILLIS));
      case 16 -> Optional.of(Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS));
      case 19 -> nanoseconds(text);
      default -> Optional.empty();
    };
  }

  /** Nineteen digits can exceed a long: 9.3e18 nanoseconds are the year 2262. */
  private static Optional<Instant> nanoseconds(String text) {
    long seconds = Long.parseLong(text.substring(0, 10));
    return Optional.of(Instant.ofEpochSecond(seconds, Long.parseLong(text.substring(10))));
  }
}
