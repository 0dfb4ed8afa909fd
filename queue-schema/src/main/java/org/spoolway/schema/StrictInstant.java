package org.spoolway.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Instants as RFC 3339 date-times only; Jackson's own reader also takes numbers and other
 * spellings.
 */
final class StrictInstant extends StdDeserializer<Instant> {

  /** What messages say was expected. */
  static final String EXPECTED = "a time such as 2026-11-21T02:00:00Z";

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

  StrictInstant() {
    super(Instant.class);
  }

  /** The instant that a text spells, or empty when it is no time or an impossible date. */
  static Optional<Instant> parse(String text) {
    if (!RFC_3339.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException impossible) {
      return Optional.empty();
    }
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      Optional<Instant> time = parse(parser.getString());
      if (time.isPresent()) {
        return time.get();
      }
    }
    return (Instant) context.handleUnexpectedToken(context.constructType(Instant.class), parser);
  }
}
