package org.spoolway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.config.DeploymentFile.Runner;
import org.spoolway.problem.ProblemException;

/** Files that are no TOML. */
class TomlTextTest {

  @TempDir Path path;
  private DeploymentFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new DeploymentFolder(path);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a =                | 1, 3 | newline not permitted here",
        "a = \"x            | 1, 6 | newline not permitted here",
        "a = 1\\na = 2      | 2, 5 | duplicate key",
        "a = 1\\na = 2\\n\\n[b] | 2, 5 | duplicate key",
        "[x]\\ny = 1\\n[x]  | 3, 3 | table redefined",
        "a = 1\\nb == 2     | 2, 4 | unknown token",
        "[x                 | 1, 2 | newline not permitted here",
        "a = [1, 2          | 1, 9 | premature end of file",
        "a = 1 b = 2        | 1, 7 | more data after value has already ended. Invalid value preceding this position?",
        "a = \"\\q\"        | 1, 6 | unknown escape sequence",
        "a = yes            | 1, 5 | unknown token",
      })
  void malformedTomlIsToldWithLineAndColumn(String toml, String place, String reason) {
    String[] numbers = place.split(", ", -1);
    folder.assertRefusedWhole(
        "line " + numbers[0] + ": column " + numbers[1] + ": it is not TOML: " + reason,
        toml.replace("\\n", "\n") + "\n");
  }

  @Test
  void whatIsNotUtf8IsToldWithItsLine() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(DeploymentFolder.LEAST.getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes("pin = \"\u00e9\"\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.write(folder.file(), bytes.toByteArray());
    ProblemException refusal =
        assertThrows(
            ProblemException.class, () -> DeploymentFile.read(folder.file(), Runner.OWN_USER));
    assertEquals(
        "cannot read " + folder.file() + ": line 6: it is not UTF-8", refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "a.", "{a=", "\"", "'''", "#", "[[a]]\n", "\n", "a=[", "\\"})
  void repeatedNonsenseIsRefusedSoon(String nonsense) {
    String toml = "a = " + nonsense.repeat(DeploymentFile.MAX_BYTES / nonsense.length() - 10);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThrows(ProblemException.class, () -> folder.read(toml)));
  }

  @Test
  void documentThatIsTooDeepIsToldSo() {
    folder.assertRefusedWhole(
        "it nests too deep, or has a number that is too long", "a = " + "[".repeat(600));
  }
}
