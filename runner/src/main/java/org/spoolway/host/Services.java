package org.spoolway.host;

import org.jspecify.annotations.Nullable;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** The processes that serve the application. All methods may be repeated. */
public interface Services {

  /** Of an application that needs none. */
  static Services none() {
    return NoService.INSTANCE;
  }

  /** What runs now, as the world shows it, not as it was last told. */
  State state();

  /**
   * Starts what serves the live release, unless it runs already. Returns as soon as it can be
   * probed, or has been alive for a short while.
   *
   * @param version the release that {@code current} leads to
   * @throws ProblemException {@code SERVICE_START_FAILED}, with its last lines in the message, when
   *     it ended at once
   */
  void start(Version version, Output output) throws ProblemException;

  /**
   * Has the live release serve in the place of another one that runs, with as small a gap as it
   * can: what holds the listening socket for it, if anything does, goes on.
   *
   * @throws ProblemException {@code SERVICE_START_FAILED}, {@code SERVICE_STOP_FAILED}
   */
  default void replace(Version version, Output output) throws ProblemException {
    stop();
    start(version, output);
  }

  /**
   * Ends what served before and was kept ready to come back, now that what has taken its place is
   * proved.
   *
   * @throws ProblemException {@code SERVICE_STOP_FAILED}
   */
  default void retire() throws ProblemException {}

  /**
   * Ends it: asked first, then killed with everything it started. Returns when nothing of it is
   * left.
   *
   * @throws ProblemException {@code SERVICE_STOP_FAILED}
   */
  void stop() throws ProblemException;

  /** The last lines that the service printed, for logs and errors; empty when there are none. */
  String lastLines();

  /**
   * What runs.
   *
   * @param running whether it is alive, all of it
   * @param version the release it was started for; null when it does not run, or when somebody else
   *     has started it since
   * @param detail for people, such as {@code pid 4711 since 12:00:01}
   */
  record State(boolean running, @Nullable Version version, String detail) {}
}
