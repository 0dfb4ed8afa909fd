package org.spoolway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.config.DeploymentFile.Runner;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * Takes the example with every key apart: each value is removed or replaced by another, each table
 * gets a stranger. Nobody says what should come out; schema and reader must agree.
 */
class MutatedDeploymentsTest {

  private static final Path EXAMPLE =
      Path.of("../queue-schema/src/test/resources/golden/deployment/valid/every-key.toml");
  private static final TomlMapper TOML = new TomlMapper();
  private static final List<String> REPLACEMENTS =
      List.of(
          "'notes'",
          "''",
          "'*'",
          "'@'",
          "'15'",
          "'1h'",
          "'/x'",
          "'..'",
          "'none'",
          "0",
          "7",
          "1.5",
          "true",
          "[]",
          "['x']",
          "[1]",
          "[['x']]",
          "[[]]",
          "{}",
          "{ x = 1 }",
          "{ x = 'y' }");
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SchemaJson.schemaOf("deployment").orElseThrow(), InputFormat.JSON);

  @TempDir Path directory;

  @Test
  void schemaAndReaderAgreeAboutEveryMutation() throws Exception {
    List<String> disagreements = new ArrayList<>();
    List<JsonNode> mutants = new ArrayList<>();
    JsonNode example = TOML.readTree(Files.readString(EXAMPLE));
    mutate(example, example, mutants);
    for (JsonNode mutant : mutants) {
      boolean accepted = SCHEMA.validate(mutant.toString(), InputFormat.JSON).isEmpty();
      String verdict = read(mutant);
      if (accepted != verdict.isEmpty()) {
        disagreements.add((accepted ? verdict : "only the reader accepts ") + mutant);
      }
    }
    assertEquals(List.of(), disagreements, "of " + mutants.size());
  }

  /** Empty, or why it is refused. The file is called as the mutant says, if a file can be. */
  private String read(JsonNode mutant) throws IOException {
    String name = mutant.path("name").asString("");
    Path file = directory.resolve((Forms.isName(name) ? name : "notes") + ".toml");
    Files.deleteIfExists(file);
    Files.writeString(file, TOML.writeValueAsString(mutant));
    try {
      DeploymentFile.read(file, Runner.OWN_USER);
      return "";
    } catch (ProblemException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void mutate(JsonNode root, JsonNode node, List<JsonNode> mutants) {
    if (node instanceof ObjectNode table) {
      for (String name : List.copyOf(table.propertyNames())) {
        JsonNode value = table.get(name);
        mutate(root, value, mutants);
        for (String replacement : REPLACEMENTS) {
          table.set(name, value(replacement));
          mutants.add(root.deepCopy());
        }
        table.remove(name);
        mutants.add(root.deepCopy());
        table.put("stranger", 1);
        mutants.add(root.deepCopy());
        table.remove("stranger");
        table.set(name, value);
      }
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        JsonNode value = list.get(i);
        mutate(root, value, mutants);
        for (String replacement : REPLACEMENTS) {
          list.set(i, value(replacement));
          mutants.add(root.deepCopy());
        }
        list.set(i, value);
      }
    }
  }

  private static JsonNode value(String toml) {
    return TOML.readTree("value = " + toml).get("value");
  }
}
