package org.spoolway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.spoolway.config.DeploymentFile.Runner;
import org.spoolway.deployment.Deployment;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * A folder with one deployment file in it, called {@code notes.toml} unless a test says otherwise.
 */
record DeploymentFolder(Path path) {

  /** What no deployment can do without: five lines, of which a test appends what it is about. */
  static final String LEAST =
      """
      name = "notes"
      root = "/opt/notes"
      [source]
      type = "git"
      url = "https://example.org/notes.git"
      """;

  Path file() {
    return path.resolve("notes.toml");
  }

  Deployment read(String toml) throws IOException, ProblemException {
    return read(toml, Runner.OWN_USER);
  }

  Deployment read(String toml, Runner runner) throws IOException, ProblemException {
    return DeploymentFile.read(Files.writeString(file(), toml), runner);
  }

  /** What is said of a file with the least and something more. */
  void assertRefused(String message, String more) {
    assertRefusedWhole(message, LEAST + more);
  }

  /** What is said of a whole file. */
  void assertRefusedWhole(String message, String toml) {
    ProblemException refusal = assertThrows(ProblemException.class, () -> read(toml));
    assertEquals("cannot read " + file() + ": " + message, refusal.getMessage());
    assertEquals(Problem.CONFIGURATION, refusal.problem());
  }
}
