package org.spoolway.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Instants as RFC 3339 date-times only; Jackson's own reader also takes numbers and other spellings. */
final class StrictInstant extends StdDeserializer<Instant> {

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

  StrictInstant() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      String text = parser.getString();
      try {
        if (RFC_3339.matcher(text).matches()) {
          return OffsetDateTime.parse(text).toInstant();
        }
      } catch (DateTimeException e) {
        return (Instant) context.handleWeirdStringValue(Instant.class, text, "no such date: %s", e.getMessage());
      }
    }
    return (Instant)
        context.handleWeirdStringValue(
            Instant.class, parser.getString(), "a time is written like 2026-11-21T02:00:00Z");
  }
}
