package org.spoolway.host.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a server says a file can be recognised by. */
final class Validator {

  private static final Pattern STRONG_TAG = Pattern.compile("\"[\\x21\\x23-\\x7e]{0,300}\"");
  private static final Pattern SENDABLE = Pattern.compile("[\\x20-\\x7e]{1,310}");
  private static final Duration SAME_SECOND = Duration.ofSeconds(1);

  private Validator() {}

  /**
   * Of a file that is the same byte for byte as long as this is the same: a strong {@code ETag}, or
   * a {@code Last-Modified} that lies so far back that nothing can have changed since within the
   * same second.
   */
  static Optional<String> strong(Answer answer) {
    Optional<String> tag =
        answer.header("ETag").filter(value -> STRONG_TAG.matcher(value).matches());
    return tag.isPresent() ? tag : lastModified(answer);
  }

  /** When the file changed last, unless that was just now, so that it may do so unnoticed. */
  static Optional<String> lastModified(Answer answer) {
    return answer.header("Last-Modified").filter(value -> isOld(value, answer));
  }

  /** Whether a header's value is of a form that can be sent back. */
  static boolean isSendable(String value) {
    return SENDABLE.matcher(value).matches();
  }

  /** Whether an answer is of another file than the one that the validator was given for. */
  static boolean contradicts(Answer answer, String validator) {
    String name = validator.startsWith("\"") ? "ETag" : "Last-Modified";
    return answer.header(name).filter(now -> !now.equals(validator)).isPresent();
  }

  private static boolean isOld(String lastModified, Answer answer) {
    Optional<Instant> changed = Unwanted.date(lastModified);
    Optional<Instant> answered = answer.header("Date").flatMap(Unwanted::date);
    return changed.isPresent()
        && answered.isPresent()
        && !changed.get().plus(SAME_SECOND).isAfter(answered.get());
  }
}
