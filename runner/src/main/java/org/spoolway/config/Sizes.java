package org.spoolway.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as deployment files spell them: a whole number and a unit, each unit 1,024 times the one
 * before, such as {@code 16 MiB}.
 */
final class Sizes {

  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
  private static final Pattern GRAMMAR =
      Pattern.compile("(0|[1-9][0-9]{0,5}) ?(B|KiB|MiB|GiB|TiB)");

  private Sizes() {}

  /** The bytes that a text spells, or empty. */
  static Optional<Long> parse(String text) {
    Matcher matcher = GRAMMAR.matcher(text);
    return matcher.matches()
        ? Optional.of(Long.parseLong(matcher.group(1)) << (10 * UNITS.indexOf(matcher.group(2))))
        : Optional.empty();
  }
}
