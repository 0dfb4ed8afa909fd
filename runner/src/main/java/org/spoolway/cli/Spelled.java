package org.spoolway.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spoolway.inspect.Preview;
import org.spoolway.schema.Action;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Version;
import org.spoolway.wording.Quoted;
import org.spoolway.wording.Spelling;
import org.spoolway.worker.Worker;
import picocli.CommandLine.TypeConversionException;

/** What words on the command line stand for. */
final class Spelled {

  private static final Pattern FROM_NOW =
      Pattern.compile("\\+(?:(\\d{1,4})d)?(?:(\\d{1,5})h)?(?:(\\d{1,7})m)?(?:(\\d{1,9})s)?");

  /** What this version can do, as it is written. */
  private static final List<String> ACTIONS =
      Arrays.stream(Action.values())
          .map(Action::wireName)
          .filter(name -> !Verbs.PLANNED.contains(name))
          .toList();

  private static final List<String> WATCHES = List.of("auto", "off");

  private Spelled() {}

  /** The actions that completion offers. */
  static final class Actions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ACTIONS.iterator();
    }
  }

  /** Those of them that have a plan. */
  static final class PlannedActions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ACTIONS.stream().filter(word -> Preview.hasPlan(action(word))).iterator();
    }
  }

  /** The ways of noticing that completion offers. */
  static final class Watches implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return WATCHES.iterator();
    }
  }

  static Action action(String word) {
    if (Verbs.PLANNED.contains(word)) {
      throw new TypeConversionException(Quoted.of(word) + ": " + UsageErrors.NOT_YET);
    }
    return Action.ofWireName(word)
        .orElseThrow(
            () ->
                wrong(
                    word,
                    "no action",
                    Spelling.nearest(word, ACTIONS)
                        .map(near -> "perhaps " + near + " is meant")
                        .orElse("there are " + String.join(", ", ACTIONS))));
  }

  /** A tag's leading {@code v} is what people copy; versions do not have it. */
  static Version version(String word) {
    return Version.ofTag(word)
        .orElseThrow(() -> wrong(word, "no semantic version", "one is such as 3.2.0"));
  }

  static Worker.Watch watch(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "auto" -> Worker.Watch.AUTO;
      case "off" -> Worker.Watch.OFF;
      default ->
          throw wrong(word, "no way of noticing", "there are " + String.join(" and ", WATCHES));
    };
  }

  /** How many to show: one at least, since nobody asks to see nothing. */
  static int count(String word) {
    if (word.matches("0*[1-9]\\d{0,8}")) {
      return Integer.parseInt(word);
    }
    throw wrong(word, "no count", "one is such as 10");
  }

  static RequestId requestId(String word) {
    try {
      return new RequestId(word);
    } catch (IllegalArgumentException e) {
      throw wrong(word, "no id", String.valueOf(e.getMessage()));
    }
  }

  static Moment moment(String word) {
    Matcher fromNow = FROM_NOW.matcher(word);
    if (fromNow.matches() && word.length() > 1) {
      Duration duration =
          Duration.ofDays(number(fromNow, 1))
              .plusHours(number(fromNow, 2))
              .plusMinutes(number(fromNow, 3))
              .plusSeconds(number(fromNow, 4));
      return new Moment.FromNow(duration);
    }
    try {
      return new Moment.Absolute(OffsetDateTime.parse(word).toInstant());
    } catch (DateTimeException e) {
      throw wrong(word, "no time", "one is such as 2026-11-21T02:00:00Z or +2h30m");
    }
  }

  private static long number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static TypeConversionException wrong(String word, String what, String instead) {
    return new TypeConversionException(Quoted.of(word) + " is " + what + "; " + instead);
  }
}
