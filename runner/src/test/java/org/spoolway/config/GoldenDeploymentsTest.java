package org.spoolway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.config.DeploymentFile.Runner;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;
import tools.jackson.dataformat.toml.TomlReadFeature;

/** The published schema and the reader accept and refuse the same deployment files. */
class GoldenDeploymentsTest {

  private static final Path EXAMPLES =
      Path.of("..", "queue-schema", "src", "test", "resources", "golden", "deployment");
  private static final TomlMapper TOML =
      TomlMapper.builder().enable(TomlReadFeature.PARSE_JAVA_TIME).build();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SchemaJson.schemaOf("deployment").orElseThrow(), InputFormat.JSON);

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> validExamplesAreAcceptedBySchemaAndReader() throws IOException {
    return tests(
        "valid",
        example -> {
          assertEquals(List.of(), errors(example));
          read(example);
        });
  }

  @TestFactory
  Stream<DynamicTest> invalidExamplesAreRefusedBySchemaAndReader() throws IOException {
    return tests(
        "invalid",
        example -> {
          assertFalse(errors(example).isEmpty(), "the schema accepts it");
          assertThrows(ProblemException.class, () -> read(example));
        });
  }

  private static Stream<DynamicTest> tests(String verdict, ThrowingConsumer<Path> assertion)
      throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES.resolve(verdict))) {
      return files.sorted().toList().stream()
          .map(file -> dynamicTest(file.getFileName().toString(), () -> assertion.accept(file)));
    }
  }

  private static List<Error> errors(Path example) throws IOException {
    JsonNode tree = TOML.readTree(Files.readString(example));
    return SCHEMA.validate(tree.toString(), InputFormat.JSON);
  }

  /** All examples are called notes inside, so their file must be, too. */
  private void read(Path example) throws Exception {
    Path file = directory.resolve("notes.toml");
    Files.writeString(file, Files.readString(example));
    DeploymentFile.read(file, Runner.OWN_USER);
  }
}
