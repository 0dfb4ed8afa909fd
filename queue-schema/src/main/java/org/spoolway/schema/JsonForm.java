package org.spoolway.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.spoolway.wording.Quoted;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * The form of a foreign document, judged before its meaning: one JSON object and nothing after it,
 * no name twice in an object, containers nested no deeper than allowed, whole characters only.
 * Numbers are never converted, so that none can be too large.
 */
final class JsonForm {

  /** Names come from strangers: they are not kept in a table that outlives the document. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Request.MAX_BYTES)
                  .maxNameLength(Request.MAX_BYTES)
                  .build())
          .build();

  private static final String JSON_SPACE = " \t\r\n";

  private final JsonText text;
  private final JsonParser parser;
  private int depth;

  private JsonForm(JsonText text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /** The only object of a text. */
  static JsonValue.Fields read(JsonText text) throws SchemaJson.Malformed {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text.characters())) {
      return new JsonForm(text, parser).document();
    }
  }

  private JsonValue.Fields document() throws SchemaJson.Malformed {
    if (next() != JsonToken.START_OBJECT) {
      throw malformed("it is not a JSON object", offset());
    }
    JsonValue.Fields fields = fields();
    int end = (int) parser.currentLocation().getCharOffset();
    while (end < text.characters().length()) {
      if (JSON_SPACE.indexOf(text.characters().charAt(end)) < 0) {
        throw malformed("there is more after the object", end);
      }
      end++;
    }
    return fields;
  }

  private JsonValue.Fields fields() throws SchemaJson.Malformed {
    int start = enter();
    Map<String, JsonValue.Field> byName = new LinkedHashMap<>();
    while (next() != JsonToken.END_OBJECT) {
      int offset = offset();
      String name = wholeString();
      next();
      if (byName.put(name, new JsonValue.Field(offset, value())) != null) {
        throw malformed("duplicate field " + Quoted.of(name), offset);
      }
    }
    depth--;
    return new JsonValue.Fields(start, byName);
  }

  private JsonValue value() throws SchemaJson.Malformed {
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields();
      case START_ARRAY -> array();
      case VALUE_STRING -> new JsonValue.Text(offset(), wholeString());
      case VALUE_TRUE -> new JsonValue.Flag(offset(), true);
      case VALUE_FALSE -> new JsonValue.Flag(offset(), false);
      case VALUE_NULL -> new JsonValue.Null(offset());
      default -> new JsonValue.Other(offset());
    };
  }

  private JsonValue array() throws SchemaJson.Malformed {
    int start = enter();
    while (next() != JsonToken.END_ARRAY) {
      value();
    }
    depth--;
    return new JsonValue.Other(start);
  }

  private int enter() throws SchemaJson.Malformed {
    if (++depth > Request.MAX_DEPTH) {
      throw malformed("it nests deeper than " + Request.MAX_DEPTH, offset());
    }
    return offset();
  }

  private int offset() {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  private JsonToken next() throws SchemaJson.Malformed {
    JsonToken token = wellFormed(parser::nextToken);
    if (token == null) {
      throw malformed("it ends in the middle", text.characters().length());
    }
    return token;
  }

  private String wholeString() throws SchemaJson.Malformed {
    String string = wellFormed(parser::getString);
    for (int at = 0; at < string.length(); at += Character.charCount(string.codePointAt(at))) {
      if (Character.getType(string.codePointAt(at)) == Character.SURROGATE) {
        throw malformed("there is a lone surrogate", offset());
      }
    }
    return string;
  }

  /** Strings are decoded when they are asked for, so that both kinds of pull can meet bad form. */
  private <T extends @Nullable Object> T wellFormed(Supplier<T> pull) throws SchemaJson.Malformed {
    try {
      return pull.get();
    } catch (UnexpectedEndOfInputException e) {
      throw malformed("it ends in the middle", text.characters().length());
    } catch (JacksonException e) {
      int start = text.wordStart((int) e.getLocation().getCharOffset());
      throw malformed("it is not JSON: unexpected " + Quoted.of(text.wordAt(start)), start);
    }
  }

  private SchemaJson.Malformed malformed(String what, int offset) {
    return new SchemaJson.Malformed(what + text.place(offset));
  }
}
