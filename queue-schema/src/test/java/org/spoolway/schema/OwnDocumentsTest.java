package org.spoolway.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The documents that the runner writes for itself. */
class OwnDocumentsTest {

  record Note(
      String text,
      @Nullable String author,
      int stars,
      List<Part> parts,
      Map<String, Long> counts) {}

  record Part(Instant at, double share) {}

  private static final Note NOTE =
      new Note("a", null, 3, List.of(new Part(Instant.EPOCH, 0.5)), Map.of("x", 1L));

  @Test
  void documentsComeBackAsTheyWere() throws Exception {
    assertEquals(NOTE, SchemaJson.read(SchemaJson.pretty(NOTE), Note.class));
    assertEquals(NOTE, read(SchemaJson.line(NOTE)));
  }

  @Test
  void oneLineDocumentsHaveNoLineEnd() {
    assertEquals(
        "{\"text\":\"a\\nb\",\"author\":null,\"stars\":0,\"parts\":[],\"counts\":{}}",
        SchemaJson.line(new Note("a\nb", null, 0, List.of(), Map.of())));
  }

  @Test
  void prettyDocumentsEndWithALineEnd() {
    assertTrue(new String(SchemaJson.pretty(NOTE), StandardCharsets.UTF_8).endsWith("}\n"));
  }

  @Test
  void damageIsNamedWithItsPlace() {
    String good = SchemaJson.line(NOTE);
    assertDamaged("it is empty", "");
    assertDamaged("there is a NUL byte (line 1, column 1)", "\0\0\0");
    assertDamaged(
        "it ends in the middle (line 1, column 36)", good.substring(0, good.indexOf("parts") - 2));
    assertDamaged("it is not the JSON it should be (line 1, column 1)", "[]");
    assertDamaged("\"text\" is missing", good.replace("\"text\":\"a\",", ""));
    assertDamaged("\"text\" is missing", good.replace("\"a\"", "null"));
    assertDamaged(
        "\"parts[0].at\" is missing", good.replaceAll("\"at\":\"[^\"]*\"", "\"at\":null"));
    assertDamaged("\"counts.x\" is missing", good.replace("{\"x\":1}", "{\"x\":null}"));
    assertDamaged("unknown field \"colour\"", "{\"colour\":1," + good.substring(1));
    assertDamaged(
        "\"stars\" does not hold what it should (line 1, column 35)",
        good.replace("\"stars\":3", "\"stars\":\"3\""));
    assertDamaged(
        "\"parts[0].at\" does not hold what it should (line 1, column 52)",
        good.replaceAll("\"at\":\"[^\"]*\"", "\"at\":0"));
    assertDamaged("it is null", "null");
  }

  @Test
  void publishedDocumentOfAnotherVersionIsNamedSo() {
    byte[] bytes = "{\"schema\":\"spoolway/result/v2\"}".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "its schema is \"spoolway/result/v2\", not \"spoolway/result/v1\"",
        assertThrows(SchemaJson.Malformed.class, () -> SchemaJson.result(bytes)).getMessage());
    assertEquals(
        "its schema is \"spoolway/result/v2\", not \"spoolway/status/v1\"",
        assertThrows(SchemaJson.Malformed.class, () -> SchemaJson.status(bytes)).getMessage());
  }

  private static void assertDamaged(String message, String json) {
    assertEquals(message, assertThrows(SchemaJson.Malformed.class, () -> read(json)).getMessage());
  }

  private static Note read(String json) throws SchemaJson.Malformed {
    return SchemaJson.read(json.getBytes(StandardCharsets.UTF_8), Note.class);
  }
}
