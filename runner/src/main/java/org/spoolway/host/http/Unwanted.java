package org.spoolway.host.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An answer that is not what was asked for, in words: its status and, where the server says so,
 * until when it wants to be left alone.
 */
final class Unwanted {

  private static final int FORBIDDEN = 403;

  /** Numbers from here on are seconds since 1970, smaller ones seconds from now. */
  private static final long EPOCH_FROM = 1_000_000_000;

  private static final long LATEST_EPOCH = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private Unwanted() {}

  /** Says so. */
  static WebFailure failure(Answer answer) {
    String status = answer.who() + " answered " + answer.status();
    return WebFailure.unreachable(
        status + pause(answer).map(until -> " and wants to be left alone " + until).orElse(""));
  }

  private static Optional<String> pause(Answer answer) {
    if (answer.status() < FORBIDDEN) {
      return Optional.empty();
    }
    Optional<String> named = answer.header("Retry-After").map(String::strip);
    if (named.isPresent()) {
      return named.map(value -> said(value, answer));
    }
    return answer
        .header("X-RateLimit-Remaining")
        .filter(left -> left.strip().equals("0"))
        .flatMap(none -> answer.header("X-RateLimit-Reset"))
        .map(value -> said(value.strip(), answer));
  }

  private static String said(String value, Answer answer) {
    OptionalLong number = Numbers.parse(value);
    if (number.isPresent()) {
      return number.getAsLong() < EPOCH_FROM
          ? after(number.getAsLong(), answer)
          : "until " + Instant.ofEpochSecond(Math.min(LATEST_EPOCH, number.getAsLong()));
    }
    // What is no time could be anybody's words.
    return date(value).map(time -> "until " + time).orElse("for a while");
  }

  /** By the server's own clock, which it tells in most answers. */
  private static String after(long seconds, Answer answer) {
    return answer
        .header("Date")
        .flatMap(Unwanted::date)
        .map(now -> "until " + now.plus(Duration.ofSeconds(seconds)))
        .orElse("for " + seconds + " s");
  }

  /** A date as headers have it, such as {@code Sun, 22 Nov 2026 10:00:00 GMT}. */
  static Optional<Instant> date(String header) {
    try {
      return Optional.of(
          ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }
}
