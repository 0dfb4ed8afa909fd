package org.spoolway.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.spoolway.schedule.Window.Opening;

/**
 * When something may begin.
 *
 * @param windows some stretches of the week; none means always
 * @param zone whose clock they go by
 */
public record Windows(List<Window> windows, ZoneId zone) {

  /** A window of one day a week may fall into an hour that the clock passes over. */
  private static final int FARTHEST_DAYS = 15;

  /** One that passes midnight may have begun on the day before. */
  private static final int NEAREST_DAYS = -2;

  private static final Comparator<Opening> ORDER =
      Comparator.comparing(Opening::start).thenComparing(Opening::end, Comparator.reverseOrder());

  /** Whether there is no window, so that anything may begin at any time. */
  boolean isAlways() {
    return windows.isEmpty();
  }

  /**
   * The stretch that an instant lies in, or else the next; of several the one that began first, and
   * of those the longest.
   */
  Optional<Opening> atOrAfter(Instant instant) {
    return around(instant).filter(opening -> opening.end().isAfter(instant)).min(ORDER);
  }

  /** The next stretch that begins later than an instant. */
  Optional<Opening> after(Instant instant) {
    return around(instant).filter(opening -> opening.start().isAfter(instant)).min(ORDER);
  }

  private Stream<Opening> around(Instant instant) {
    LocalDate today = instant.atZone(zone).toLocalDate();
    return Stream.iterate(NEAREST_DAYS, day -> day <= FARTHEST_DAYS, day -> day + 1)
        .map(today::plusDays)
        .flatMap(day -> windows.stream().flatMap(window -> window.on(day, zone).stream()));
  }
}
