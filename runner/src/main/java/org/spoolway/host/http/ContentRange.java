package org.spoolway.host.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a file an answer has.
 *
 * @param first the first one, counted from 0
 * @param last the last one
 * @param total how many the file has, or null when the server does not say
 */
record ContentRange(long first, long last, @Nullable Long total) {

  private static final Pattern FORM =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

  /** Reads the header; empty when it is damaged. */
  static Optional<ContentRange> parse(String header) {
    Matcher matcher = FORM.matcher(header.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String total = matcher.group(3);
    ContentRange range =
        new ContentRange(
            Long.parseLong(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            total.equals("*") ? null : Long.valueOf(total));
    return Optional.of(range).filter(ContentRange::isPossible);
  }

  /**
   * Whether it goes on where it was asked to.
   *
   * @param from the first byte that is wanted
   * @param known how many the file has as far as is known, or null
   */
  boolean fits(long from, @Nullable Long known) {
    return first == from && (known == null || total == null || known.equals(total));
  }

  private boolean isPossible() {
    return first <= last && (total == null || last < total);
  }
}
