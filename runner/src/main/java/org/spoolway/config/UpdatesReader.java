package org.spoolway.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.spoolway.schedule.Hold;
import org.spoolway.schedule.Level;
import org.spoolway.schedule.Updates;
import org.spoolway.schedule.Window;
import org.spoolway.schedule.Windows;
import org.spoolway.schema.Version;
import org.spoolway.wording.Quoted;
import org.spoolway.wording.Spelling;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;

/** The meaning of {@code [updates]}. */
final class UpdatesReader {

  private static final Duration USUAL_CHECK = Duration.ofHours(6);
  private static final Duration LEAST = Duration.ofMinutes(5);
  private static final Duration MOST_CHECK = Duration.ofDays(30);
  private static final Duration MOST_COOLDOWN = Duration.ofDays(365);
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern ZONED = Pattern.compile(".*(Z|[+-]\\d{2}:\\d{2})");

  private final TomlTable table;

  UpdatesReader(TomlTable table) {
    this.table = table;
  }

  Updates read() {
    Level auto = table.oneOf("auto", Words.of(Level.values()), Set.of(), Level.NONE);
    Duration check = duration("check", "from 5m to 30d, such as \"6h\"", MOST_CHECK);
    Duration cooldown = duration("cooldown", "from 5m to 365d, such as \"24h\"", MOST_COOLDOWN);
    ZoneId zone = zone();
    Updates updates =
        new Updates(
            auto,
            check == null && auto != Level.NONE ? USUAL_CHECK : check,
            new Windows(windows(), zone),
            cooldown == null ? Updates.NONE.cooldown() : cooldown,
            holds(zone));
    return table.isPresent() ? updates : Updates.NONE;
  }

  private @Nullable Duration duration(String name, String range, Duration most) {
    return table.value(
        name,
        "a duration " + range,
        DeploymentReader.text(
            text ->
                Durations.parse(text)
                    .filter(time -> time.compareTo(LEAST) >= 0 && time.compareTo(most) <= 0)));
  }

  private List<Window> windows() {
    String form = "a list of windows such as [\"Mon-Fri 02:00-04:00\", \"Sun 22:00-06:00\"]";
    List<Window> windows = new ArrayList<>();
    for (String text : table.list("windows", form, TomlValues::text)) {
      Optional<Window> window = Window.parse(text);
      if (window.isEmpty()) {
        table.wrong(
            "windows",
            table.path("windows") + " must be " + form + "; it has " + Quoted.of(text) + day(text));
      }
      window.ifPresent(windows::add);
    }
    return List.copyOf(windows);
  }

  /** Which day may be meant by the first word that is none. */
  private static String day(String window) {
    return WORD.matcher(window)
        .results()
        .map(MatchResult::group)
        .filter(word -> !Window.DAYS.contains(word))
        .findFirst()
        .flatMap(UpdatesReader::nearestDay)
        .map(near -> "; did you mean " + Quoted.of(near) + "?")
        .orElse("");
  }

  /** By its beginning, as in Monday, and otherwise by its letters. */
  private static Optional<String> nearestDay(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return Window.DAYS.stream()
        .filter(day -> lower.startsWith(day.toLowerCase(Locale.ROOT)))
        .findFirst()
        .or(() -> Spelling.nearest(word, Window.DAYS));
  }

  /** Where none is named, that of this host. */
  private ZoneId zone() {
    String name =
        table.text("timezone", "the name of a time zone such as \"Europe/Berlin\"", any -> true);
    Set<String> known = new TreeSet<>(ZoneId.getAvailableZoneIds());
    if (name != null && !known.contains(name)) {
      table.wrong(
          "timezone",
          table.path("timezone")
              + (" cannot be " + Quoted.of(name))
              + Spelling.nearest(name, known)
                  .map(near -> "; did you mean " + Quoted.of(near) + "?")
                  .orElse("; it is a name such as \"Europe/Berlin\""));
    }
    return name == null || !known.contains(name)
        ? TimeZone.getDefault().toZoneId()
        : ZoneId.of(name);
  }

  private List<Hold> holds(ZoneId zone) {
    List<Hold> holds = new ArrayList<>();
    for (TomlTable hold : table.tables("hold")) {
      hold.require("until", "reason");
      String until =
          hold.value(
              "until",
              "a date such as 2026-12-24, or a date and time",
              value -> date(value).filter(text -> end(text, zone).isPresent()));
      String reason = hold.text("reason", "a text", text -> !text.isBlank());
      Version below =
          hold.value("below", "a version such as \"4.0.0\"", DeploymentReader.text(Version::parse));
      if (until != null && reason != null) {
        holds.add(new Hold(until, end(until, zone).orElseThrow(), reason, below));
      }
    }
    return List.copyOf(holds);
  }

  /** A date of TOML's, or a string that is like one. */
  private static Optional<String> date(JsonNode value) {
    return value instanceof POJONode date
        ? Optional.of(String.valueOf(date.getPojo()))
        : TomlValues.text(value).map(text -> text.replace(' ', 'T'));
  }

  /** The first instant after a day, or the instant of a time. */
  private static Optional<Instant> end(String text, ZoneId zone) {
    try {
      if (DATE.matcher(text).matches()) {
        return Optional.of(LocalDate.parse(text).plusDays(1).atStartOfDay(zone).toInstant());
      }
      return Optional.of(
          ZONED.matcher(text).matches()
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
