package org.spoolway.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system mounted over a directory, which shows what is below it and fails as ordered. Only
 * what one process changes counts.
 */
final class FaultyDisk implements AutoCloseable {

  private static final Path PROGRAM = Path.of("faults/faulty-disk").toAbsolutePath();
  private static final Path PYTHON = Path.of("target/faults/bin/python").toAbsolutePath();
  private static final long PATIENCE_SECONDS = 60;

  /** What is counted, so that the same request takes the same operations each time. */
  enum Counted {
    /** The queue, the state and the application, but for what follows. */
    WORK("^/(spool|lib|opt)/(?!app/\\.?status\\.json)"),
    /** What several threads write whenever they have something to tell. */
    STATUS("^/spool/app/\\.?status\\.json"),
    /** What a rollback later goes by. */
    HISTORY("^/lib/app/[.]?history");

    private final String paths;

    Counted(String paths) {
      this.paths = paths;
    }
  }

  private final Path trace;
  private final Process server;
  private final BufferedReader answers;

  private FaultyDisk(Path directory) throws IOException {
    trace = Files.createTempFile("spoolway-disk-", ".trace");
    Path below = trace.toAbsolutePath().getParent();
    ProcessBuilder builder =
        new ProcessBuilder(PYTHON.toString(), PROGRAM.toString())
            .directory(below.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    server = builder.start();
    answers = server.inputReader(StandardCharsets.UTF_8);
    tell(
        "{\"directory\": %s, \"trace\": %s}"
            .formatted(Json.quote(directory.toString()), Json.quote(trace.toString())));
    Until.isTrue("the faulty disk being mounted", () -> isMounted(directory));
  }

  /** Mounts one over a directory, or has the test skipped where that cannot be. */
  static FaultyDisk over(Path directory) {
    obstacle().ifPresent(FaultyDisk::skip);
    try {
      return new FaultyDisk(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> obstacle() {
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.of("only root may mount it");
    } else if (!Files.exists(Path.of("/dev/fuse"))) {
      return Optional.of("there is no /dev/fuse");
    } else if (!Files.isExecutable(PYTHON)) {
      return Optional.of("there is no " + PYTHON + ", which tests/run makes");
    }
    return Optional.empty();
  }

  private static void skip(String reason) {
    System.out.println("skipped: no faulty disk: " + reason);
    Assumptions.abort("no faulty disk: " + reason);
  }

  private boolean isMounted(Path directory) throws IOException {
    if (!server.isAlive()) {
      throw new AssertionError("the faulty disk has ended: " + server.exitValue());
    }
    return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
        .anyMatch(line -> line.startsWith("faulty " + directory + " "));
  }

  /** Counts what a process changes from now on, and has an operation of it fail. */
  void order(long pid, Counted counted, DiskFault fault, int at) {
    order(
        "{\"pid\": %d, \"paths\": %s, \"at\": %d, \"fault\": %s}"
            .formatted(pid, Json.quote(counted.paths), at, Json.quote(fault.order())));
  }

  /** Counts what a process changes from now on. */
  void count(long pid, Counted counted) {
    order("{\"pid\": %d, \"paths\": %s}".formatted(pid, Json.quote(counted.paths)));
  }

  /** Has everything succeed again, while it still counts what the process changes. */
  void cure() {
    order("{\"cure\": true}");
  }

  private synchronized void order(String json) {
    try {
      tell(json);
      if (answers.readLine() == null) {
        throw new AssertionError("the faulty disk has ended");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(String line) throws IOException {
    server.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    server.getOutputStream().flush();
  }

  /** What was counted since the last order that started counting. */
  List<DiskOperation> trace() {
    try {
      String text = Files.readString(trace);
      return text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .map(DiskOperation::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The operations that failed because they were to. */
  List<DiskOperation> refused() {
    return trace().stream()
        .filter(o -> o.outcome().equals("EIO") || o.outcome().equals("ENOSPC"))
        .toList();
  }

  /** Unmounts it. */
  @Override
  public void close() {
    try {
      server.getOutputStream().close();
      if (!server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        server.destroyForcibly();
        throw new AssertionError("the faulty disk has not ended");
      }
      Files.delete(trace);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
