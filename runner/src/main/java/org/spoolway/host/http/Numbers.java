package org.spoolway.host.http;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Numbers in headers: digits and nothing else, of which no more than a {@code long} can have. */
final class Numbers {

  private static final Pattern FORM = Pattern.compile("[0-9]{1,18}");

  private Numbers() {}

  /** The number, or empty when it is none. */
  static OptionalLong parse(String text) {
    return FORM.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
