package org.spoolway.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes every valid example apart: each value in it is removed, or replaced by one of another type,
 * and each object gets a stranger. Nobody says what should come out; schema and record must agree.
 */
class MutatedExamplesTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> REPLACEMENTS =
      List.of("null", "\"x\"", "\"\"", "0", "7", "1.5", "true", "[]", "[1]", "{}", "{\"x\":1}");

  @ParameterizedTest
  @EnumSource
  void schemaAndRecordAgreeAboutEveryMutation(Golden kind) throws Exception {
    JsonSchema schema = kind.schema();
    List<String> disagreements = new ArrayList<>();
    int seen = 0;
    for (Path file : kind.valid()) {
      for (String mutant : mutants(Files.readString(file))) {
        seen++;
        boolean read = kind.isRead(mutant.getBytes(StandardCharsets.UTF_8));
        if (schema.accepts(mutant) != read) {
          disagreements.add((read ? "only the record: " : "only the schema: ") + mutant);
        }
      }
    }
    assertEquals(List.of(), disagreements, "of " + seen);
  }

  private static List<String> mutants(String original) {
    List<String> mutants = new ArrayList<>();
    JsonNode root = JSON.readTree(original);
    mutate(root, root, mutants);
    return mutants;
  }

  private static void mutate(JsonNode root, JsonNode node, List<String> mutants) {
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        JsonNode value = object.get(name);
        mutate(root, value, mutants);
        for (String replacement : REPLACEMENTS) {
          object.set(name, JSON.readTree(replacement));
          mutants.add(root.toString());
        }
        object.remove(name);
        mutants.add(root.toString());
        object.set(name, value);
      }
      object.put("stranger", 1);
      mutants.add(root.toString());
      object.remove("stranger");
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode value = array.get(i);
        mutate(root, value, mutants);
        for (String replacement : REPLACEMENTS) {
          array.set(i, JSON.readTree(replacement));
          mutants.add(root.toString());
        }
        array.set(i, value);
      }
    }
  }
}
