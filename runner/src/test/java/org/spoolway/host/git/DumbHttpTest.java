package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** What {@link DumbHttpContractTest} does not ask of a server that only has files. */
class DumbHttpTest extends GitFixture {

  @Test
  void lookingWritesNothing() throws Exception {
    repository.write("README", "first").release("v1.0.0").git("update-server-info");
    try (StaticFileServer server = new StaticFileServer(scratch)) {
      source = sourceAt(server.url("repository/.git"));
      assertEquals(1, source.candidates().size());
      assertFalse(Files.exists(state.mirror()));
    }
  }

  @Test
  void packsAreTakenWhole() throws Exception {
    repository.write("README", "first").release("v1.0.0");
    repository.write("README", "second").release("v1.1.0");
    repository.git("repack", "-a", "-d", "-q");
    repository.git("pack-refs", "--all");
    repository.git("update-server-info");
    try (StaticFileServer server = new StaticFileServer(scratch)) {
      source = sourceAt(server.url("repository/.git"));
      assertEquals("first", Files.readString(fetchAndExport("1.0.0").resolve("README")));
      assertEquals("second", Files.readString(fetchAndExport("1.1.0").resolve("README")));
    }
  }

  @Test
  void filesThatAreNotListedAreNoRepository() throws Exception {
    repository.write("README", "first").release("v1.0.0");
    try (StaticFileServer server = new StaticFileServer(scratch)) {
      source = sourceAt(server.url("repository/.git"));
      ProblemException e = assertProblem(Problem.SOURCE_UNREACHABLE, source::candidates);
      assertTrue(e.getMessage().contains("there is no repository"), e.getMessage());
    }
  }
}
