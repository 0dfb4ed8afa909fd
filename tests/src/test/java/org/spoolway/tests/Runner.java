package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code spoolway run} that was started as a child process. */
public final class Runner {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path log;

  private Runner(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static Runner start(Path log, Map<String, String> environment, List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      return new Runner(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end and tells its exit code; 128 plus the signal when one ended it. */
  int awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(
            "the runner has not ended after " + PATIENCE_SECONDS + " s:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Asks it to end, and waits for that. */
  public int stop() {
    process.destroy();
    return awaitEnd();
  }

  /** Kills it with SIGKILL, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Stops it where it is, with SIGSTOP; every thread of it has stopped when this returns. */
  public void suspend() {
    signal("STOP");
    Until.isTrue("the runner being stopped", () -> Processes.isStopped(pid()));
  }

  /** Has it go on, with SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    Program.output(log.getParent(), "kill", "-s", name, Long.toString(pid()));
  }

  /** What it has printed. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
