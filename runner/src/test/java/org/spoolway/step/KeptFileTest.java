package org.spoolway.step;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class KeptFileTest {

  @TempDir private Path root;
  private Path shared;
  private Path settings;

  @BeforeEach
  void make() throws IOException {
    shared = Files.createDirectory(root.resolve("shared"));
    settings = shared.resolve(".env");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void assertRefused() {
    ProblemException problem =
        assertThrows(ProblemException.class, () -> KeptFile.require(settings, root));
    assertEquals(Problem.UNSAFE_PATH, problem.problem());
  }

  @Test
  void whatNobodyElseCanExchangeIsKept() {
    assertDoesNotThrow(() -> KeptFile.require(settings, root));
    assertDoesNotThrow(() -> KeptFile.require(shared.resolve("not/yet/.env"), root));
  }

  @Test
  void whereOthersCanWriteNothingIsKept() throws IOException {
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xrwx"));
    assertRefused();
  }

  @Test
  void behindALinkNothingIsKept() throws IOException {
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    settings = Files.createSymbolicLink(shared.resolve("link"), elsewhere).resolve(".env");
    assertRefused();
  }
}
