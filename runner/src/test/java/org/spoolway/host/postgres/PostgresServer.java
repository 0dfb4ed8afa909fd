package org.spoolway.host.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The server of one cluster while it runs: {@code postgres} itself, a child of this process. */
final class PostgresServer {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int STATUS_LINE = 7;
  private static final int SHARED_MEMORY_LINE = 6;

  private final Process process;
  private final Path data;
  private final Path log;

  private PostgresServer(Process process, Path data, Path log) {
    this.process = process;
    this.data = data;
    this.log = log;
  }

  /** Starts it; it does not take connections yet. */
  static PostgresServer start(PostgresPrograms programs, Path data, Path log) {
    try {
      Process process =
          programs
              .command(data.getParent(), "postgres", List.of("-D", data.toString()))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .start();
      return new PostgresServer(process, data, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it takes connections. */
  void awaitReady() {
    until("PostgreSQL taking connections", this::isReady);
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new AssertionError("PostgreSQL has ended:\n" + complaints());
    }
    List<String> state = state();
    return state.size() > STATUS_LINE
        && state.get(0).equals(Long.toString(pid()))
        && state.get(STATUS_LINE).strip().equals("ready");
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it in order, sessions included. */
  void stop() {
    PostgresPrograms.output(new ProcessBuilder("kill", "-s", "INT", Long.toString(pid())), "");
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        kill9();
        throw new AssertionError("PostgreSQL has not stopped:\n" + complaints());
      }
    } catch (InterruptedException e) {
      kill9();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while PostgreSQL stopped", e);
    }
  }

  /** Ends it and all its processes at once; waits until they are gone. */
  void kill9() {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    until(
        "PostgreSQL's processes gone",
        () -> !process.isAlive() && all.stream().allMatch(PostgresServer::isGone));
  }

  /** A zombie has no program either: it holds nothing any more. */
  private static boolean isGone(ProcessHandle handle) {
    return !Files.exists(Path.of("/proc", Long.toString(handle.pid()), "exe"));
  }

  /** Removes what a killed server leaves in the kernel: the mark that a cluster is in use. */
  void removeSharedMemory() {
    List<String> state = state();
    if (state.size() > SHARED_MEMORY_LINE) {
      String[] keyAndId = state.get(SHARED_MEMORY_LINE).strip().split(" +", -1);
      PostgresPrograms.output(new ProcessBuilder("ipcrm", "-m", keyAndId[1]), "");
    }
  }

  /**
   * The lines of {@code postmaster.pid}, which is there while it runs, or was killed; a server that
   * starts replaces what a killed one has left.
   */
  private List<String> state() {
    try {
      return Files.readAllLines(data.resolve("postmaster.pid"));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String complaints() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void until(String what, Callable<Boolean> fact) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(fact);
  }
}
