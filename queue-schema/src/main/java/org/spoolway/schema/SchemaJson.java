package org.spoolway.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The only JSON settings of the project. Reading is strict: unknown fields, duplicate keys, nulls,
 * coerced types, trailing bytes, a byte order mark, invalid UTF-8 and lone surrogates are errors that
 * name the field and the place; the {@code schema} field is judged before anything else.
 */
public final class SchemaJson {

  private static final JsonMapper STRICT = mapper(Nulls.FAIL);
  private static final JsonMapper OWN = mapper(Nulls.SET);

  private SchemaJson() {}

  /** A document that is not what it should be; the message says what and where. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    /** A message such as {@code unknown field "versoin" (line 3, column 5)}. */
    public Malformed(String message) {
      super(message);
    }
  }

  /**
   * Reads a request from the bytes of a file.
   *
   * @throws Malformed when it is not exactly one valid request
   */
  public static Request request(byte[] bytes) throws Malformed {
    if (bytes.length > Request.MAX_BYTES) {
      throw new Malformed("it is larger than " + Request.MAX_BYTES + " bytes");
    }
    String text = decode(bytes);
    examine(text);
    try {
      return STRICT.readValue(text, Request.class);
    } catch (JacksonException e) {
      throw new Malformed(describe(e));
    }
  }

  /**
   * Reads a document that the runner wrote.
   *
   * @throws Malformed when it is damaged or of another version
   */
  public static <T> T read(byte[] bytes, Class<T> type) throws Malformed {
    try {
      return OWN.readValue(decode(bytes), type);
    } catch (JacksonException e) {
      throw new Malformed(describe(e));
    }
  }

  /** A document as readable JSON, UTF-8, with a final line end. */
  public static byte[] pretty(Object document) {
    String text = OWN.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** A document as JSON on one line, without a line end. */
  public static String line(Object document) {
    return OWN.writeValueAsString(document);
  }

  private static String decode(byte[] bytes) throws Malformed {
    if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
      throw new Malformed("it starts with a byte order mark");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(buffer)
          .toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("it is not UTF-8 at byte " + buffer.position());
    }
  }

  /** One pass over all tokens, so that form is judged before meaning, and the version before both. */
  private static void examine(String text) throws Malformed {
    String schema = null;
    try (JsonParser parser = STRICT.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Malformed("it is not a JSON object");
      }
      int depth = 1;
      while (depth > 0) {
        JsonToken token = parser.nextToken();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING) {
          requireWholeCharacters(parser);
        }
        if (depth == 1 && token == JsonToken.VALUE_STRING && "schema".equals(parser.currentName())) {
          schema = parser.getString();
        }
      }
      if (parser.nextToken() != null) {
        throw new Malformed("there is more after the object" + place(parser.currentTokenLocation()));
      }
    } catch (JacksonException e) {
      throw new Malformed(describe(e));
    }
    if (schema != null && !schema.equals(Request.SCHEMA)) {
      throw new Malformed("schema \"" + schema + "\" is not " + Request.SCHEMA);
    }
  }

  private static void requireWholeCharacters(JsonParser parser) throws Malformed {
    String text = parser.getString();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new Malformed("a lone surrogate" + place(parser.currentTokenLocation()));
      }
    }
  }

  private static String describe(JacksonException e) {
    String message = e.getOriginalMessage();
    int end = message.indexOf('\n');
    return (end < 0 ? message : message.substring(0, end)) + place(e.getLocation());
  }

  private static String place(TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  private static JsonMapper mapper(Nulls nulls) {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(Request.MAX_DEPTH).build())
            .build();
    return JsonMapper.builder(factory)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .changeDefaultNullHandling(n -> JsonSetter.Value.forValueNulls(nulls))
        .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.ALWAYS))
        .addModule(new SimpleModule().addDeserializer(java.time.Instant.class, new StrictInstant()))
        .build();
  }
}
