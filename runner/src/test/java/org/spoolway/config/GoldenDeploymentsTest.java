package org.spoolway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.GoldenFiles;
import org.spoolway.config.DeploymentFile.Runner;
import org.spoolway.problem.ProblemException;
import tools.jackson.dataformat.toml.TomlMapper;
import tools.jackson.dataformat.toml.TomlReadFeature;

/** The published schema and the reader accept and refuse the same deployment files. */
class GoldenDeploymentsTest {

  private static final TomlMapper TOML =
      TomlMapper.builder().enable(TomlReadFeature.PARSE_JAVA_TIME).build();

  @TempDir Path directory;
  private final GoldenFiles examples =
      new GoldenFiles("deployment", GoldenDeploymentsTest::json, this::read);

  @TestFactory
  Stream<DynamicTest> validExamplesAreAcceptedBySchemaAndReader() throws IOException {
    return examples.areAccepted();
  }

  @TestFactory
  Stream<DynamicTest> invalidExamplesAreRefusedBySchemaAndReader() throws IOException {
    return examples.areRefused(ProblemException.class);
  }

  private static String json(Path example) throws IOException {
    return TOML.readTree(Files.readString(example)).toString();
  }

  /** All examples are called notes inside, so their file must be, too. */
  private void read(Path example) throws Exception {
    Path file = directory.resolve("notes.toml");
    Files.writeString(file, Files.readString(example));
    DeploymentFile.read(file, Runner.OWN_USER);
  }
}
