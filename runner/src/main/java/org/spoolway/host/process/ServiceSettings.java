package org.spoolway.host.process;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.StateDir;

/**
 * What is to serve, and where.
 *
 * @param deployment the deployment's name
 * @param run program and arguments; a program with a slash is taken relative to the release
 * @param env set on top of the runner's own environment
 * @param stopTimeout how long it may take to end after SIGTERM before it is killed
 * @param readiness where it accepts connections once it can be probed; null when that is not known
 * @param application where the releases are
 * @param state where the record and the log are
 */
public record ServiceSettings(
    String deployment,
    List<String> run,
    Map<String, String> env,
    Duration stopTimeout,
    @Nullable InetSocketAddress readiness,
    ApplicationDir application,
    StateDir state) {

  /** The same for a process beside the first one. */
  ServiceSettings inSecondSeat() {
    return new ServiceSettings(
        deployment, run, env, stopTimeout, readiness, application, state.secondSeat());
  }

  /** The same with more in its environment. */
  ServiceSettings with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(env);
    all.putAll(more);
    return new ServiceSettings(deployment, run, all, stopTimeout, readiness, application, state);
  }

  /** The start command as a person would read it. */
  String display() {
    return String.join(" ", run);
  }

  /** The environment of a start, the service's own settings beneath what the contract promises. */
  Map<String, String> environment(String version, Path release, String token) {
    Map<String, String> environment = new HashMap<>(env);
    environment.put("SPOOLWAY_DEPLOYMENT", deployment);
    environment.put("SPOOLWAY_VERSION", version);
    environment.put("SPOOLWAY_RELEASE", release.toString());
    environment.put("SPOOLWAY_SHARED", application.shared().toString());
    environment.put(Launcher.SERVICE, token);
    return environment;
  }
}
