package org.spoolway;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Services;
import org.spoolway.host.process.ProcessCommands;
import org.spoolway.host.systemd.RunnerHandover;
import org.spoolway.host.systemd.RunnerProbe;
import org.spoolway.host.systemd.RunnerService;
import org.spoolway.host.systemd.RunnerSettings;
import org.spoolway.layout.HostDir;
import org.spoolway.layout.StateDir;
import org.spoolway.supervision.Handover;

/** The adapters of the deployment that is this very program. */
record OwnWiring(Handover handover, RunnerSettings settings) {

  /** What the package has watch over a handover from one runner to the next. */
  private static final Path SCRIPT = Path.of("/usr/lib/spoolway/handover");

  /** The adapters, if the deployment is that. */
  static Optional<OwnWiring> of(Deployment deployment, StateDir state, long pid) {
    if (deployment.service().type() != Deployment.ServiceType.RUNNER) {
      return Optional.empty();
    }
    RunnerSettings settings =
        new RunnerSettings(deployment.root(), image(), pid, SCRIPT, HostDir.system(), state);
    return Optional.of(
        new OwnWiring(new RunnerHandover(new ProcessCommands(), settings), settings));
  }

  Services service() {
    return new RunnerService(handover, settings.pid());
  }

  HealthProbe probe() {
    return new RunnerProbe(new ProcessCommands(), handover, settings);
  }

  /** The directory that holds {@code lib/spoolway.jar}, from which this process runs. */
  private static Path image() {
    try {
      URI jar = OwnWiring.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(jar).toRealPath().resolve("../..").normalize();
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException("cannot tell where this program lies", e);
    }
  }
}
