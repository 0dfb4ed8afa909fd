package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What tests ask of results. */
public final class Results {

  private Results() {}

  /** A field's text, or empty. */
  public static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  /** The names of the steps, in order. */
  public static List<String> names(JsonNode result) {
    List<String> names = new ArrayList<>();
    result.path("steps").forEach(step -> names.add(text(step, "name")));
    return names;
  }

  /** One step. */
  public static JsonNode step(JsonNode result, String name) {
    return result
        .path("steps")
        .valueStream()
        .filter(step -> text(step, "name").equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no step " + name + " in " + result));
  }

  /** A result in this state, whose error has this code and says what happened and what to do. */
  public static void assertError(String state, String code, JsonNode result) {
    assertEquals(state, text(result, "state"), result.toPrettyString());
    JsonNode error = result.path("error");
    assertEquals(code, text(error, "code"), result.toPrettyString());
    assertFalse(text(error, "message").isBlank(), error.toString());
    assertFalse(text(error, "fix").isBlank(), error.toString());
    assertTrue(result.path("finishedAt").isString(), result.toPrettyString());
  }

  /** The same, found in this step. */
  public static void assertError(String state, String code, String step, JsonNode result) {
    assertError(state, code, result);
    assertEquals(step, text(result.path("error"), "step"), result.toPrettyString());
    assertTrue(
        text(result.path("error"), "message").startsWith("cannot "),
        result.path("error").toString());
  }
}
