package org.spoolway.schema;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import java.util.List;

/** A published schema as an independent implementation understands it. */
record JsonSchema(Schema schema) {

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  static JsonSchema of(String kind) {
    return new JsonSchema(
        REGISTRY.getSchema(SchemaJson.schemaOf(kind).orElseThrow(), InputFormat.JSON));
  }

  static JsonSchema ofSchemas() {
    return new JsonSchema(REGISTRY.getSchema(SchemaLocation.of(Dialects.getDraft202012().getId())));
  }

  boolean accepts(String json) {
    return errors(json).isEmpty();
  }

  List<Error> errors(String json) {
    return schema.validate(
        json,
        InputFormat.JSON,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }
}
