package org.spoolway.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.GoldenFiles;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

/** The published schema and the reader accept and refuse the same {@code release.json}. */
class DeclarationTest {

  private static final Version ONE = new Version("1.0.0");
  private static final GoldenFiles EXAMPLES =
      new GoldenFiles(
          "release", Files::readString, example -> Declaration.read(Files.readAllBytes(example)));

  @TempDir Path release;

  @TestFactory
  Stream<DynamicTest> validExamplesAreAcceptedBySchemaAndReader() throws IOException {
    return EXAMPLES.areAccepted();
  }

  @TestFactory
  Stream<DynamicTest> invalidExamplesAreRefusedBySchemaAndReader() throws IOException {
    return EXAMPLES.areRefused(SchemaJson.Malformed.class);
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
