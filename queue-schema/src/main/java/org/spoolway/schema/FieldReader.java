package org.spoolway.schema;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.spoolway.wording.Quoted;
import org.spoolway.wording.Spelling;

/**
 * The fields of one object, asked for by name and type. Each may be left out; none may be null,
 * since a null would have to mean either "left out" or something of its own; nothing is converted.
 */
final class FieldReader {

  private final JsonText text;
  private final String prefix;
  private final JsonValue.Fields fields;

  /**
   * @param prefix what stands before the names in messages, such as {@code params.}
   */
  FieldReader(JsonText text, String prefix, JsonValue.Fields fields) {
    this.text = text;
    this.prefix = prefix;
    this.fields = fields;
  }

  /**
   * Refuses the first field that is not known.
   *
   * @param here the dotted names that this object may have
   * @param everywhere those of the whole document, to suggest from
   */
  void requireOnly(List<String> here, Collection<String> everywhere) throws SchemaJson.Malformed {
    for (Map.Entry<String, JsonValue.Field> field : fields.byName().entrySet()) {
      String name = prefix + field.getKey();
      if (!here.contains(name)) {
        String hint =
            Spelling.nearest(name, everywhere)
                .map(near -> "did you mean " + Quoted.of(near) + "?")
                .orElse("the fields are " + String.join(", ", here));
        throw malformed("unknown field " + Quoted.of(name), field.getValue().offset(), "; " + hint);
      }
    }
  }

  /** A string, or null when left out. */
  @Nullable String string(String name) throws SchemaJson.Malformed {
    JsonValue value = value(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonValue.Text string) {
      return string.value();
    }
    throw wrong(name, "a string", value);
  }

  /** A flag, false when left out. */
  boolean flag(String name) throws SchemaJson.Malformed {
    JsonValue value = value(name);
    if (value == null) {
      return false;
    }
    if (value instanceof JsonValue.Flag flag) {
      return flag.value();
    }
    throw wrong(name, "true or false", value);
  }

  /** A time, or null when left out. */
  @Nullable Instant time(String name) throws SchemaJson.Malformed {
    JsonValue value = value(name);
    if (value == null) {
      return null;
    }
    Optional<Instant> time =
        value instanceof JsonValue.Text string
            ? StrictInstant.parse(string.value())
            : Optional.empty();
    if (time.isEmpty()) {
      throw wrong(name, StrictInstant.EXPECTED, value);
    }
    return time.get();
  }

  /**
   * A string with a grammar of its own, or null when left out.
   *
   * @param constructor throws {@link IllegalArgumentException} with a sentence for people
   */
  <T> @Nullable T spelled(String name, Function<String, T> constructor)
      throws SchemaJson.Malformed {
    String string = string(name);
    if (string == null) {
      return null;
    }
    try {
      return constructor.apply(string);
    } catch (IllegalArgumentException e) {
      throw malformed(name, Quoted.of(prefix + name) + " is malformed", e.getMessage());
    }
  }

  /** An object, or null when left out. */
  @Nullable FieldReader object(String name) throws SchemaJson.Malformed {
    JsonValue value = value(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonValue.Fields inner) {
      return new FieldReader(text, prefix + name + ".", inner);
    }
    throw wrong(name, "an object", value);
  }

  /** What is wrong with the value of a field that is there, where, and what to do about it. */
  SchemaJson.Malformed malformed(String name, String what, @Nullable String hint) {
    JsonValue value = value(name);
    return malformed(what, value == null ? fields.offset() : value.offset(), "; " + hint);
  }

  private @Nullable JsonValue value(String name) {
    JsonValue.Field field = fields.byName().get(name);
    return field == null ? null : field.value();
  }

  private SchemaJson.Malformed wrong(String name, String expected, JsonValue value) {
    String hint = value instanceof JsonValue.Null ? "; leave it out rather than null" : "";
    return malformed(Quoted.of(prefix + name) + " must be " + expected, value.offset(), hint);
  }

  private SchemaJson.Malformed malformed(String what, int offset, String hint) {
    return new SchemaJson.Malformed(what + text.place(offset) + hint);
  }
}
