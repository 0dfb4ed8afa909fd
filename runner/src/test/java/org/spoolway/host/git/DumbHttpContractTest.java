package org.spoolway.host.git;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.spoolway.host.Sources;
import org.spoolway.host.SourcesContract;
import org.spoolway.layout.StateDir;

/**
 * The contract, from a server that only has files, as {@code git update-server-info} lists them.
 */
class DumbHttpContractTest extends SourcesContract {

  private TestRepository repository;
  private StaticFileServer server;
  private GitSource source;

  @BeforeEach
  void makeRepository() throws IOException {
    repository = TestRepository.create(scratch.resolve("repository"));
    repository.git("update-server-info");
    server = new StaticFileServer(scratch);
    StateDir state = new StateDir(Files.createDirectory(scratch.resolve("state")));
    source =
        new GitSource(server.url("repository/.git"), state, GitFixture.TIMEOUT, Clock.systemUTC());
  }

  @AfterEach
  void endServer() {
    server.close();
  }

  @Override
  protected Sources sources() {
    return source;
  }

  @Override
  protected void publish(String version, Map<String, String> files, String notes)
      throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      repository.write(file.getKey(), file.getValue());
    }
    repository.commit("work");
    repository.git("tag", "-f", "-a", "-m", notes, "v" + version);
    repository.git("update-server-info");
  }

  @Override
  protected void withdraw(String version) throws IOException {
    repository.git("tag", "-d", "v" + version);
    repository.git("update-server-info");
  }
}
