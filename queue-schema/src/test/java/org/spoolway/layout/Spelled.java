package org.spoolway.layout;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.instancio.Random;

/**
 * One way to write a moment in a name.
 *
 * @param text what stands in the name
 * @param instant what it means
 */
record Spelled(String text, Instant instant) {

  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** As a date with more digits than a nanosecond has, up to here. */
  private static final int FINEST = 30;

  private static final int UNITS = 4;
  private static final int WAYS = UNITS + FINEST + 1;

  static Spelled any(Random random) {
    return one(Moments.of(random), random.intRange(0, WAYS - 1));
  }

  static Stream<Spelled> all(Instant moment) {
    return IntStream.range(0, WAYS).mapToObj(way -> one(moment, way));
  }

  /** Four units of counting, then dates with no digit behind the second and with ever more. */
  private static Spelled one(Instant moment, int way) {
    return way < UNITS ? count(moment, 3 * way) : date(moment, way - UNITS);
  }

  private static Spelled count(Instant moment, int digits) {
    return new Spelled(digits(moment).substring(0, 10 + digits), cut(moment, digits));
  }

  private static Spelled date(Instant moment, int digits) {
    String fraction = digits == 0 ? "" : "." + digits(moment).substring(10, 10 + digits);
    return new Spelled(COMPACT.format(moment) + fraction + "Z", cut(moment, digits));
  }

  /** Seconds, nanoseconds, and behind them nines, which would round up what must be cut off. */
  private static String digits(Instant moment) {
    return String.format("%010d%09d", moment.getEpochSecond(), moment.getNano())
        + "9".repeat(FINEST - 9);
  }

  private static Instant cut(Instant moment, int digits) {
    long unit = (long) Math.pow(10, Math.max(0, 9 - digits));
    return Instant.ofEpochSecond(moment.getEpochSecond(), moment.getNano() / unit * unit);
  }
}
