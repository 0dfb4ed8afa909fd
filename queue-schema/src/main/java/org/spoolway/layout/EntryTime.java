package org.spoolway.layout;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The spellings of time in an inbox's names. The unit of digits alone follows from their count. */
final class EntryTime {

  private static final Pattern COMPACT =
      Pattern.compile("(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})(?:\\.(\\d+))?Z");

  /** Seconds are ten digits until the year 2286; each finer unit adds three. */
  private static final Pattern COUNT = Pattern.compile("\\d{10}(?:\\d{3}){0,3}");

  private EntryTime() {}

  /** The instant that a text spells, or empty when it is no time or an impossible date. */
  static Optional<Instant> parse(String text) {
    Matcher compact = COMPACT.matcher(text);
    return compact.matches() ? date(compact) : count(text);
  }

  private static Optional<Instant> date(Matcher part) {
    try {
      LocalDateTime date =
          LocalDateTime.of(
              Integer.parseInt(part.group(1)),
              Integer.parseInt(part.group(2)),
              Integer.parseInt(part.group(3)),
              Integer.parseInt(part.group(4)),
              Integer.parseInt(part.group(5)),
              Integer.parseInt(part.group(6)),
              nanoseconds(part.group(7)));
      return Optional.of(date.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException impossible) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> count(String text) {
    return COUNT.matcher(text).matches()
        ? Optional.of(
            Instant.ofEpochSecond(
                Long.parseLong(text.substring(0, 10)), nanoseconds(text.substring(10))))
        : Optional.empty();
  }

  /** A fraction of a second of any length; what is finer than a nanosecond is cut off. */
  private static int nanoseconds(@Nullable String fraction) {
    String digits = fraction == null ? "" : fraction;
    return Integer.parseInt((digits + "000000000").substring(0, 9));
  }
}
