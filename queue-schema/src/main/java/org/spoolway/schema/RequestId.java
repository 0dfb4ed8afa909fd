package org.spoolway.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The idempotency key of a request within its origin: safe as a file name, as a word on a command
 * line and in a log.
 *
 * @param value {@code [A-Za-z0-9][A-Za-z0-9._-]{0,63}}
 */
public record RequestId(@JsonValue String value) implements Comparable<RequestId> {

  /** The longest id, in characters. */
  public static final int MAX_LENGTH = 64;

  private static final String JSON = ".json";
  private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9._-]+");
  private static final Pattern LEADING = Pattern.compile("^[^A-Za-z0-9]+");

  /**
   * @throws IllegalArgumentException when the value is outside the grammar
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RequestId {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an id is 1 to 64 letters, digits, '.', '_' or '-' and starts with a letter or digit");
    }
  }

  /**
   * The nearest id to a text that may hold anything, such as a file name: foreign characters become
   * one dash, and what is too long is cut.
   *
   * @param room how many characters the caller wants to append, 0 to 32
   * @throws IllegalArgumentException when the room is not in that range
   */
  public static RequestId nearestTo(String text, int room) {
    if (room < 0 || room > MAX_LENGTH / 2) {
      throw new IllegalArgumentException("room for " + room + " characters");
    }
    String safe = LEADING.matcher(FOREIGN.matcher(text).replaceAll("-")).replaceFirst("");
    int limit = MAX_LENGTH - room;
    String cut = safe.length() > limit ? safe.substring(0, limit) : safe;
    return new RequestId(cut.isEmpty() ? "request" : cut);
  }

  /** The id that a request gets from its file's name, where it gives none and that one is free. */
  public static RequestId ofFileName(String name) {
    return nearestTo(
        name.endsWith(JSON) ? name.substring(0, name.length() - JSON.length()) : name, 0);
  }

  @Override
  public int compareTo(RequestId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
