package org.spoolway.cli;

import java.util.Optional;
import org.spoolway.cli.text.Ages;
import org.spoolway.cli.text.Sizes;
import org.spoolway.schema.Result;

/** What carrying out a plan would cost, in words. */
final class ExpectedText {

  private ExpectedText() {}

  /** One line; empty for what is no plan. */
  static Optional<String> of(Result result) {
    return Optional.ofNullable(result.expected()).map(ExpectedText::line);
  }

  /** Such as {@code expected: closed for about 3.1 s; needs about 120 MiB of 8.3 GiB free}. */
  static String line(Result.Expected expected) {
    return "expected: " + closed(expected) + "; " + room(expected);
  }

  private static String closed(Result.Expected expected) {
    Long millis = expected.downtimeMillis();
    if (millis == null) {
      return "how long it closes has not shown yet";
    }
    return millis == 0 ? "stays open" : "closed for about " + Ages.ofMillis(millis);
  }

  private static String room(Result.Expected expected) {
    String free = Sizes.of(expected.freeBytes()) + " free";
    return expected.bytes() == null
        ? free
        : "needs about " + Sizes.of(expected.bytes()) + " of " + free;
  }
}
