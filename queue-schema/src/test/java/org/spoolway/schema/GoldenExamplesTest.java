package org.spoolway.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Schema and record are two statements of one contract: they accept and refuse the same. */
class GoldenExamplesTest {
  private static final Set<String> CONDITION = Set.of("if", "then", "else");

  @TestFactory
  Stream<DynamicContainer> validExamplesAreAcceptedBySchemaAndRecord() {
    return Arrays.stream(Golden.values())
        .map(kind -> tests(kind, kind.valid(), file -> accepted(kind, file)));
  }

  @TestFactory
  Stream<DynamicContainer> invalidExamplesAreRefusedBySchemaAndRecord() {
    return Arrays.stream(Golden.values())
        .map(kind -> tests(kind, kind.invalid(), file -> refused(kind, file)));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsReadBackEqualAndAcceptedBySchema(Golden kind) throws Exception {
    for (Path file : kind.valid()) {
      Object document = kind.read(Files.readAllBytes(file));
      byte[] written = SchemaJson.pretty(document);
      assertEquals(document, kind.read(written), file.toString());
      assertTrue(
          kind.schema().accepts(new String(written, StandardCharsets.UTF_8)), file.toString());
      byte[] line = SchemaJson.line(document).getBytes(StandardCharsets.UTF_8);
      assertEquals(document, kind.read(line), file.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"request", "result", "status", "deployment", "release", "channel", "root"})
  void schemasAreThemselvesValidAndDescribeEveryField(String kind) {
    String schema = SchemaJson.schemaOf(kind).orElseThrow();
    assertEquals(List.of(), JsonSchema.ofSchemas().errors(schema));
    assertDescribed(JsonMapper.shared().readTree(schema), kind);
  }

  @Test
  void thereIsNoSchemaOfAnotherKind() {
    assertTrue(SchemaJson.schemaOf("weather").isEmpty());
    assertTrue(SchemaJson.schemaOf("../schema/request").isEmpty());
  }

  private static void assertDescribed(JsonNode node, String path) {
    for (var property : node.path("properties").properties()) {
      String name = path + "." + property.getKey();
      assertFalse(property.getValue().path("description").asString("").isEmpty(), name);
    }
    for (var entry : node.properties()) {
      // Conditions name fields again that are described where they are defined.
      if (!CONDITION.contains(entry.getKey())) {
        assertDescribed(entry.getValue(), path + "." + entry.getKey());
      }
    }
    for (JsonNode child : node.isArray() ? node : List.<JsonNode>of()) {
      assertDescribed(child, path + "[]");
    }
  }

  private static DynamicContainer tests(
      Golden kind, List<Path> files, ThrowingConsumer<Path> assertion) {
    return dynamicContainer(
        kind.kind(), files.stream().map(file -> test(file, () -> assertion.accept(file))));
  }

  private static DynamicTest test(Path file, Executable assertion) {
    return dynamicTest(file.getFileName().toString(), assertion);
  }

  private static void accepted(Golden kind, Path file) throws Exception {
    assertEquals(List.of(), kind.schema().errors(Files.readString(file)));
    kind.read(Files.readAllBytes(file));
  }

  private static void refused(Golden kind, Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    assertFalse(kind.schema().accepts(Files.readString(file)), "the schema accepts it");
    assertThrows(SchemaJson.Malformed.class, () -> kind.read(bytes));
  }
}
