package org.spoolway.step;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

/** The published schema and the reader accept and refuse the same {@code release.json}. */
class DeclarationTest {

  private static final Version ONE = new Version("1.0.0");
  private static final Path EXAMPLES =
      Path.of("..", "queue-schema", "src", "test", "resources", "golden", "release");
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SchemaJson.schemaOf("release").orElseThrow(), InputFormat.JSON);

  @TempDir Path release;

  @TestFactory
  Stream<DynamicTest> validExamplesAreAcceptedBySchemaAndReader() throws IOException {
    return tests(
        "valid",
        example -> {
          assertEquals(List.of(), errors(example));
          Declaration.read(Files.readAllBytes(example));
        });
  }

  @TestFactory
  Stream<DynamicTest> invalidExamplesAreRefusedBySchemaAndReader() throws IOException {
    return tests(
        "invalid",
        example -> {
          assertFalse(errors(example).isEmpty(), "the schema accepts it");
          byte[] bytes = Files.readAllBytes(example);
          assertThrows(SchemaJson.Malformed.class, () -> Declaration.read(bytes));
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
    return SCHEMA.validate(Files.readString(example), InputFormat.JSON);
  }

  @Test
  void aReleaseWithoutTheFileMayDoAnything() throws Exception {
    assertEquals("any", Declaration.of(release, ONE).migrations());
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path elsewhere = Files.writeString(release.resolve("secret"), "secret");
    Files.createSymbolicLink(release.resolve("release.json"), elsewhere);
    ProblemException refused =
        assertThrows(ProblemException.class, () -> Declaration.of(release, ONE));
    assertEquals(
        "cannot read what release 1.0.0 says in release.json: it is not a regular file",
        refused.getMessage());
  }
}
