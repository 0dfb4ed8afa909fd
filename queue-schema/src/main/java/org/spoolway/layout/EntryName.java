package org.spoolway.layout;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Action;
import org.spoolway.schema.Version;

/**
 * The grammar of the names in an inbox.
 *
 * <pre>
 * json  = time [ "-" anything ] ".json"
 * touch = [ time "-" ] action [ "@" version ] [ "." anything ]
 * time  = 10, 13, 16 or 19 digits (epoch seconds, milli-, micro-, nanoseconds)
 *       | 20261121T013455[.fraction]Z
 * </pre>
 *
 * A name that ends in {@code .json} is always JSON. Names outside the grammar, and the exclusions
 * that writers use for unfinished files, are nobody's: left alone and counted.
 *
 * @param form which of the two forms
 * @param time the time in the name, or null when it has none
 * @param action the verb of a touched name; null for JSON
 * @param version the version of a touched name, or null
 */
public record EntryName(
    Form form, @Nullable Instant time, @Nullable Action action, @Nullable Version version) {

  /** The two forms of a request. */
  public enum Form {
    /** A JSON document. */
    JSON,
    /** An empty file whose name says it all. */
    TOUCH
  }

  private static final String JSON_SUFFIX = ".json";
  private static final Pattern EXCLUDED =
      Pattern.compile("\\..*|.*~|.*\\.(tmp|swp|partial)", Pattern.DOTALL);
  private static final String TIME = "(\\d{8}T\\d{6}(?:\\.\\d+)?Z|\\d+)";
  private static final Pattern JSON = Pattern.compile(TIME + "(?:-.*)?\\.json", Pattern.DOTALL);
  private static final Pattern TOUCH =
      Pattern.compile("(?:" + TIME + "-)?([a-z]+)(?:@(.*)|\\..*)?", Pattern.DOTALL);

  /** The meaning of a name, or empty when it is outside the grammar. */
  public static Optional<EntryName> parse(String name) {
    if (EXCLUDED.matcher(name).matches()) {
      return Optional.empty();
    }
    return name.endsWith(JSON_SUFFIX) ? json(name) : touch(name);
  }

  private static Optional<EntryName> json(String name) {
    Matcher matcher = JSON.matcher(name);
    return matcher.matches()
        ? EntryTime.parse(matcher.group(1)).map(time -> new EntryName(Form.JSON, time, null, null))
        : Optional.empty();
  }

  private static Optional<EntryName> touch(String name) {
    Matcher matcher = TOUCH.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<Action> action = Action.ofWireName(matcher.group(2));
    Optional<Instant> time = Optional.ofNullable(matcher.group(1)).flatMap(EntryTime::parse);
    if (action.isEmpty() || time.isPresent() != (matcher.group(1) != null)) {
      return Optional.empty();
    }
    Instant at = time.orElse(null);
    String target = matcher.group(3);
    return target == null
        ? Optional.of(new EntryName(Form.TOUCH, at, action.get(), null))
        : longestVersion(target)
            .map(version -> new EntryName(Form.TOUCH, at, action.get(), version));
  }

  /**
   * A version followed by nothing, or by a dot and anything; the longest version wins. Behind a
   * pre-release part nothing may follow: {@code 3.2.0-rc.1.cron} would be a version of its own.
   */
  private static Optional<Version> longestVersion(String text) {
    for (int end = text.length(); end > 0; end = text.lastIndexOf('.', end - 1)) {
      Optional<Version> version = Version.parse(text.substring(0, end));
      if (version.isPresent()) {
        return version.filter(found -> found.text().equals(text) || !found.isPreRelease());
      }
    }
    return Optional.empty();
  }
}
