package org.spoolway.cli.text;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Durations as people say them, with no more precision than they care for. */
public final class Ages {

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Ages() {}

  /** Such as {@code 0.8 s}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 10 min}, {@code 5 d}. */
  public static String of(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 10_000) {
      return millis / 1000 + "." + millis % 1000 / 100 + " s";
    }
    long seconds = millis / 1000;
    if (seconds < MINUTE) {
      return seconds + " s";
    } else if (seconds < HOUR) {
      return pair(seconds / MINUTE, "min", seconds % MINUTE, "s");
    } else if (seconds < 2 * DAY) {
      return pair(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min");
    }
    return seconds / DAY + " d";
  }

  /** What was measured to the millisecond, such as {@code 812 ms}; empty when nothing was. */
  public static String ofMillis(@Nullable Long millis) {
    if (millis == null) {
      return "";
    }
    return millis < 1000 ? millis + " ms" : of(Duration.ofMillis(millis));
  }

  /** How long ago something was; what lies ahead, as a stepped clock can make it, was just now. */
  public static String since(Instant then, Instant now) {
    return of(Duration.between(then, now));
  }

  private static String pair(long many, String unit, long rest, String lesserUnit) {
    return many + " " + unit + (rest == 0 ? "" : " " + rest + " " + lesserUnit);
  }
}
