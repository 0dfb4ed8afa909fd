package org.spoolway.tests.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A host's runner that is stopped by a signal at a place in its job, however quick that is: {@code
 * host/stop-at} watches its journal.
 */
final class Standstill {

  private static final Path PROGRAM = Path.of("host/stop-at").toAbsolutePath();
  private static final String INSTALLED = "/root/stop-at";
  private static final long PATIENCE_SECONDS = 60;

  private final String where;
  private final Process watcher;
  private final BufferedReader said;

  private Standstill(String where, Process watcher) {
    this.where = where;
    this.watcher = watcher;
    this.said =
        new BufferedReader(new InputStreamReader(watcher.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Brings the program that stops a runner to a host. */
  static void prepare(Container container) {
    container.copyIn(PROGRAM, INSTALLED);
  }

  /**
   * Begins to watch; nothing that the runner does from here on is missed.
   *
   * @param state the state directory of the deployment
   * @param where a step that begins, or a path that is renamed into place
   */
  static Standstill at(Container container, String state, String where) {
    Process watcher = container.start("python3", INSTALLED, state, where);
    Standstill standstill = new Standstill(where, watcher);
    String first = standstill.line();
    if (!first.equals("watching")) {
      throw new AssertionError("cannot watch for " + where + ": " + first);
    }
    return standstill;
  }

  /** Waits until the runner stands still, and tells the last entry of its journal. */
  String await() {
    try {
      if (!watcher.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        watcher.destroyForcibly();
        throw new AssertionError("the runner did not come to " + where);
      }
      return line();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private String line() {
    try {
      return String.valueOf(said.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
