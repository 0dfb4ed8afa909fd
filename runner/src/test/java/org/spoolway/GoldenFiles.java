package org.spoolway;

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
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.spoolway.schema.SchemaJson;

/**
 * The golden examples of one kind of file, which its published schema and its reader have to accept
 * and to refuse alike.
 */
public final class GoldenFiles {

  /** Words a file's content as JSON, which is what schemas are about. */
  @FunctionalInterface
  public interface Wording {
    /** The content of a file that can be read. */
    String json(Path example) throws IOException;
  }

  private final Path examples;
  private final Schema schema;
  private final Wording wording;
  private final ThrowingConsumer<Path> reader;

  /**
   * Those of a kind that the program reads.
   *
   * @param kind the name of its schema and of its examples' directory
   * @param reader throws when it does not accept an example
   */
  public GoldenFiles(String kind, Wording wording, ThrowingConsumer<Path> reader) {
    this.examples =
        Path.of("..", "queue-schema", "src", "test", "resources", "golden").resolve(kind);
    this.schema = schema(kind);
    this.wording = wording;
    this.reader = reader;
  }

  /** What the published schema of a kind has against a document that the program wrote. */
  public static List<Error> errors(String kind, String json) {
    return schema(kind).validate(json, InputFormat.JSON);
  }

  private static Schema schema(String kind) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(SchemaJson.schemaOf(kind).orElseThrow(), InputFormat.JSON);
  }

  /** A test of each valid example: schema and reader accept it. */
  public Stream<DynamicTest> areAccepted() throws IOException {
    return tests(
        "valid",
        example -> {
          assertEquals(List.of(), errors(example));
          reader.accept(example);
        });
  }

  /** A test of each invalid example: schema and reader refuse it, the reader in such a way. */
  public Stream<DynamicTest> areRefused(Class<? extends Exception> refusal) throws IOException {
    return tests(
        "invalid",
        example -> {
          assertFalse(errors(example).isEmpty(), "the schema accepts it");
          assertThrows(refusal, () -> reader.accept(example));
        });
  }

  private Stream<DynamicTest> tests(String verdict, ThrowingConsumer<Path> assertion)
      throws IOException {
    try (Stream<Path> files = Files.list(examples.resolve(verdict))) {
      return files.sorted().toList().stream()
          .map(file -> dynamicTest(file.getFileName().toString(), () -> assertion.accept(file)));
    }
  }

  private List<Error> errors(Path example) throws IOException {
    return schema.validate(wording.json(example), InputFormat.JSON);
  }
}
