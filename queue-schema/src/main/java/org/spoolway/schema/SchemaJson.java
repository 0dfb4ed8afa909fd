package org.spoolway.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.spoolway.wording.Quoted;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * The only JSON settings of the project. Nothing is ever converted from another type, duplicate
 * keys and invalid UTF-8 are errors everywhere. Requests, which strangers write, may have neither
 * unknown fields nor nulls; results and statuses may have fields that a later version added.
 */
public final class SchemaJson {

  private static final Set<String> KINDS =
      Set.of("request", "result", "status", "deployment", "release", "channel", "root");
  private static final JsonMapper MAPPER = mapper();

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
    return RequestReader.read(JsonText.decode(bytes));
  }

  /**
   * Reads a result, which a newer runner may have written.
   *
   * @throws Malformed when it is damaged or of another version
   */
  public static Result result(byte[] bytes) throws Malformed {
    return published(bytes, Result.class, Result.SCHEMA);
  }

  /**
   * Reads a status, which a newer runner may have written.
   *
   * @throws Malformed when it is damaged or of another version
   */
  public static Status status(byte[] bytes) throws Malformed {
    return published(bytes, Status.class, Status.SCHEMA);
  }

  /**
   * Reads a document of the runner's own, in which nothing may be unknown.
   *
   * @throws Malformed when it is damaged or of another version
   */
  public static <T> T read(byte[] bytes, Class<T> type) throws Malformed {
    return bind(JsonText.decode(bytes), MAPPER.reader(), type);
  }

  /** A document as readable JSON, UTF-8, with a final line end. */
  public static byte[] pretty(Object document) {
    String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** A document as JSON on one line, without a line end. */
  public static String line(Object document) {
    return MAPPER.writeValueAsString(document);
  }

  /**
   * The JSON Schema of a kind of document.
   *
   * @param kind {@code request}, {@code result}, {@code status}, {@code deployment}, {@code
   *     release}, {@code channel} or {@code root}
   * @return empty for any other kind
   */
  public static Optional<String> schemaOf(String kind) {
    if (!KINDS.contains(kind)) {
      return Optional.empty();
    }
    try (InputStream in = SchemaJson.class.getResourceAsStream(kind + ".schema.json")) {
      byte[] text = Objects.requireNonNull(in, kind).readAllBytes();
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a document that a newer program may have written: fields that are unknown here are passed
   * over.
   *
   * @param schema what its field {@code schema} must say
   * @throws Malformed when it is damaged or of another version
   */
  public static <T> T published(byte[] bytes, Class<T> type, String schema) throws Malformed {
    JsonText text = JsonText.decode(bytes);
    JsonNode tree = bind(text, MAPPER.reader(), JsonNode.class);
    JsonNode written = tree.path("schema");
    if (!written.isString() || !written.stringValue().equals(schema)) {
      throw new Malformed("its schema is " + written + ", not " + Quoted.of(schema));
    }
    return bind(text, tolerant(), type);
  }

  /**
   * Reads what a runner keeps for itself, which a newer one may have written before it was put back
   * or gone back from: fields that are unknown here are passed over.
   *
   * @throws Malformed when it is damaged, or lacks what is needed
   */
  public static <T> T state(byte[] bytes, Class<T> type) throws Malformed {
    return bind(JsonText.decode(bytes), tolerant(), type);
  }

  private static ObjectReader tolerant() {
    return MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  private static <T> T bind(JsonText text, ObjectReader reader, Class<T> type) throws Malformed {
    try {
      T document = reader.forType(type).readValue(text.characters());
      Completeness.require(document);
      return document;
    } catch (JacksonException e) {
      throw Mismatch.of(text, e);
    }
  }

  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    return JsonMapper.builder(factory)
        .annotationIntrospector(new PrimitivesRequired())
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .withCoercionConfigDefaults(SchemaJson::failAll)
        .withCoercionConfig(
            LogicalType.Float,
            types -> types.setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert))
        .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.ALWAYS))
        .addModule(new SimpleModule().addDeserializer(Instant.class, new StrictInstant()))
        .build();
  }

  private static void failAll(MutableCoercionConfig types) {
    for (CoercionInputShape shape : CoercionInputShape.values()) {
      types.setCoercion(shape, CoercionAction.Fail);
    }
  }
}
