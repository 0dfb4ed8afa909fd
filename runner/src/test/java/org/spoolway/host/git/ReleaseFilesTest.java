package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class ReleaseFilesTest extends GitFixture {

  @Test
  void aLinkIsNoFileOfTheRelease() throws Exception {
    repository.write("deploy/notes.service", "[Unit]\n");
    Files.createSymbolicLink(repository.path("deploy/proxy.caddy"), Path.of("/etc/shadow"));
    repository.commit("work");
    repository.git("tag", "v1.0.0");

    assertEquals(Map.of("notes.service", "[Unit]\n"), source.files(candidate("1.0.0"), "deploy"));
  }

  @Test
  void aFileThatIsTooLongIsRefused() throws Exception {
    repository.write("deploy/notes.service", "x".repeat((64 << 10) + 1));
    repository.commit("work");
    repository.git("tag", "v1.0.0");

    ProblemException e =
        assertThrows(ProblemException.class, () -> source.files(candidate("1.0.0"), "deploy"));

    assertEquals(Problem.SOURCE_UNUSABLE, e.problem());
    assertTrue(String.valueOf(e.getMessage()).contains("notes.service is longer"), e.getMessage());
  }
}
