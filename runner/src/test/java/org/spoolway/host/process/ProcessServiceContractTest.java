package org.spoolway.host.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Services;
import org.spoolway.host.ServicesContract;
import org.spoolway.problem.ProblemException;

class ProcessServiceContractTest extends ServicesContract {

  @TempDir private Path root;
  private ServiceHome home;
  private Services service;

  @BeforeEach
  void install() throws IOException {
    home = new ServiceHome(root).release("1.0.0", "exec sleep 1000");
    service = made(home.settings(null));
  }

  /** The service under test. */
  Services made(ServiceSettings settings) {
    return new ProcessService(settings, Clock.systemUTC());
  }

  @AfterEach
  void stop() throws ProblemException {
    service.stop();
  }

  @Override
  protected Services services() {
    return service;
  }

  @Override
  protected void breakStart() {
    try {
      home.release("1.0.0", "exit 3");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
