package org.spoolway.client;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.spoolway.schema.RequestId;

/**
 * Ids such as {@code 20261121T091203.250Z-k3v9q2}: the time for people and for sorting, then six
 * random letters, so that two writers in the same millisecond do not meet.
 */
final class FreshId {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Without vowels and look-alikes, so that no id is a word or is misread. */
  private static final String LETTERS = "0123456789bcdfghjkmnpqrstvwxyz";

  private static final int LENGTH = 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  private FreshId() {}

  static RequestId at(Instant time) {
    StringBuilder id = new StringBuilder(TIME.format(time)).append('-');
    RANDOM.ints(LENGTH, 0, LETTERS.length()).forEach(letter -> id.append(LETTERS.charAt(letter)));
    return new RequestId(id.toString());
  }
}
