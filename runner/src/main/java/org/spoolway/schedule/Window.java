package org.spoolway.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of some days of the week, by the clock on the wall.
 *
 * @param days those on which it begins
 * @param from when
 * @param to when it ends: on the next day, unless that is later than {@code from}
 */
public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

  /** The days as they are spelled, in their order. */
  public static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

  private static final String DAY = "(?:" + String.join("|", DAYS) + ")";
  private static final String RANGE = DAY + "(?:-" + DAY + ")?";
  private static final String TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
  private static final String MIDNIGHT = "24:00";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?:(?<days>"
              + RANGE
              + "(?:,"
              + RANGE
              + ")*) )?"
              + ("(?<from>" + TIME + ")-(?<to>" + TIME + "|" + MIDNIGHT + ")"));

  /**
   * One stretch of time.
   *
   * @param start its first instant
   * @param end the first instant after it
   */
  public record Opening(Instant start, Instant end) {

    boolean has(Instant instant) {
      return !instant.isBefore(start) && instant.isBefore(end);
    }
  }

  /** The window that a text such as {@code Mon-Fri 02:00-04:00} spells, or empty. */
  public static Optional<Window> parse(String text) {
    Matcher matcher = GRAMMAR.matcher(text);
    if (!matcher.matches() || matcher.group("from").equals(matcher.group("to"))) {
      return Optional.empty();
    }
    String days = matcher.group("days");
    String to = matcher.group("to");
    return Optional.of(
        new Window(
            days == null ? EnumSet.allOf(DayOfWeek.class) : days(days),
            LocalTime.parse(matcher.group("from")),
            to.equals(MIDNIGHT) ? LocalTime.MIDNIGHT : LocalTime.parse(to)));
  }

  private static Set<DayOfWeek> days(String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String range : text.split(",", -1)) {
      String[] ends = range.split("-", -1);
      DayOfWeek last = day(ends[ends.length - 1]);
      DayOfWeek day = day(ends[0]);
      days.add(day);
      while (day != last) {
        day = day.plus(1);
        days.add(day);
      }
    }
    return Collections.unmodifiableSet(days);
  }

  private static DayOfWeek day(String name) {
    return DayOfWeek.of(DAYS.indexOf(name) + 1);
  }

  /**
   * The stretch that begins on a day. A clock that is set back shows the window once, one that is
   * set forward past all of it not at all.
   */
  Optional<Opening> on(LocalDate day, ZoneId zone) {
    if (!days.contains(day.getDayOfWeek())) {
      return Optional.empty();
    }
    LocalDate lastDay = to.isAfter(from) ? day : day.plusDays(1);
    Opening opening =
        new Opening(instant(day.atTime(from), zone), instant(lastDay.atTime(to), zone));
    return Optional.of(opening).filter(some -> some.start().isBefore(some.end()));
  }

  /** A time that the clock passes over is the instant at which it does. */
  private static Instant instant(LocalDateTime time, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(time);
    return change != null && change.isGap()
        ? change.getInstant()
        : time.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
