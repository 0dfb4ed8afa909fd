package org.spoolway.schema;

import java.util.Map;

/** A value of a JSON text together with where it stands. */
sealed interface JsonValue {

  /** Where it begins, in UTF-16 units from the start of the text. */
  int offset();

  /** A string. */
  record Text(int offset, String value) implements JsonValue {}

  /** True or false. */
  record Flag(int offset, boolean value) implements JsonValue {}

  /** An explicit null, which no document here has a use for. */
  record Null(int offset) implements JsonValue {}

  /** A number or an array: well formed, but of no use in a request and so not kept. */
  record Other(int offset) implements JsonValue {}

  /** An object, its fields in the order in which they were written. */
  record Fields(int offset, Map<String, Field> byName) implements JsonValue {}

  /** A field: where its name stands, and its value. */
  record Field(int offset, JsonValue value) {}
}
