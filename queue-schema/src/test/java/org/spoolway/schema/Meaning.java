package org.spoolway.schema;

import java.time.OffsetDateTime;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a document says to a reader that knows JSON and nothing of ours: the names and values in it,
 * times as instants, and what may be left out filled in.
 */
record Meaning(JsonNode fields) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> TIMES = Set.of("notBefore", "expires");

  static Meaning of(String document) {
    ObjectNode fields = (ObjectNode) JSON.readTree(document);
    for (String name : TIMES) {
      if (fields.has(name)) {
        String text = fields.get(name).asString();
        fields.put(name, OffsetDateTime.parse(text).toInstant().toString());
      }
    }
    if (!fields.has("dryRun")) {
      fields.put("dryRun", false);
    }
    return new Meaning(fields);
  }

  static Meaning of(Request request) {
    return of(SchemaJson.line(request));
  }
}
