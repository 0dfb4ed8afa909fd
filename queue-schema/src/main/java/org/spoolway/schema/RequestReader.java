package org.spoolway.schema;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spoolway.wording.Quoted;

/**
 * The meaning of a request's fields, judged once its form is right; its version before the rest.
 */
final class RequestReader {

  private static final List<String> TOP = components(Request.class, "");
  private static final List<String> PARAMS = components(Request.Params.class, "params.");
  private static final List<String> ALL = Stream.concat(TOP.stream(), PARAMS.stream()).toList();
  private static final String ACTIONS =
      "it is one of "
          + Arrays.stream(Action.values()).map(Action::wireName).collect(Collectors.joining(", "));

  private final FieldReader fields;

  private RequestReader(FieldReader fields) {
    this.fields = fields;
  }

  static Request read(JsonText text) throws SchemaJson.Malformed {
    return new RequestReader(new FieldReader(text, "", JsonForm.read(text))).request();
  }

  private Request request() throws SchemaJson.Malformed {
    String schema = schema();
    fields.requireOnly(TOP, ALL);
    return new Request(
        schema,
        fields.spelled("id", RequestId::new),
        action(),
        params(),
        fields.string("reason"),
        fields.string("requestedBy"),
        fields.flag("dryRun"),
        fields.string("plan"),
        fields.time("notBefore"),
        fields.time("expires"));
  }

  private @Nullable String schema() throws SchemaJson.Malformed {
    String schema = fields.string("schema");
    if (schema != null && !schema.equals(Request.SCHEMA)) {
      throw fields.malformed(
          "schema", "unknown schema " + Quoted.of(schema), "this is " + Request.SCHEMA);
    }
    return schema;
  }

  private Action action() throws SchemaJson.Malformed {
    String name = fields.string("action");
    if (name == null) {
      throw new SchemaJson.Malformed("\"action\" is missing; " + ACTIONS);
    }
    Action action = Action.ofWireName(name).orElse(null);
    if (action == null) {
      throw fields.malformed("action", "unknown action " + Quoted.of(name), ACTIONS);
    }
    return action;
  }

  private Request.@Nullable Params params() throws SchemaJson.Malformed {
    FieldReader params = fields.object("params");
    if (params == null) {
      return null;
    }
    params.requireOnly(PARAMS, ALL);
    return new Request.Params(
        params.spelled("version", Version::new),
        params.spelled("id", RequestId::new),
        params.string("origin"),
        params.string("snapshot"),
        params.spelled("data", Request.Data::ofWireName));
  }

  private static List<String> components(Class<? extends Record> type, String prefix) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .map(prefix::concat)
        .toList();
  }
}
