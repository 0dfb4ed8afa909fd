package org.spoolway.host.git;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.spoolway.host.Sources;
import org.spoolway.host.SourcesContract;
import org.spoolway.layout.StateDir;

class GitSourceContractTest extends SourcesContract {

  private TestRepository repository;
  private GitSource source;

  @BeforeEach
  void makeRepository() throws IOException {
    repository = TestRepository.create(scratch.resolve("repository"));
    StateDir state = new StateDir(Files.createDirectory(scratch.resolve("state")));
    source = new GitSource(repository.url(), state, GitFixture.TIMEOUT, Clock.systemUTC());
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
  }

  @Override
  protected void withdraw(String version) throws IOException {
    repository.git("tag", "-d", "v" + version);
  }
}
