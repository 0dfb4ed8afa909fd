package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs to their end. */
public final class Program {

  private static final long PATIENCE_SECONDS = 120;

  private Program() {}

  /** The first of these programs that is installed, or empty. */
  public static Optional<Path> found(String... names) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .flatMap(directory -> Stream.of(names).map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** How a program ended, and what it printed. */
  public record Ended(int exit, String out, String err) {

    /** Its standard output, once it has ended well. */
    public String outOfSuccess() {
      if (exit != 0) {
        throw new AssertionError("exit " + exit + "\n" + out + err);
      }
      return out;
    }

    /** Everything that it printed. */
    public String all() {
      return out + err;
    }
  }

  /** Runs a program in a directory, with some variables set. */
  public static Ended run(Path directory, Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile("spoolway-out", null);
      Path err = Files.createTempFile("spoolway-err", null);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      int exit = await(builder.start(), command);
      Ended ended = new Ended(exit, read(out), read(err));
      Files.delete(out);
      Files.delete(err);
      return ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a program that has to end well, and tells what it printed. */
  public static String output(Path directory, String... command) {
    return run(directory, Map.of(), List.of(command)).outOfSuccess();
  }

  private static int await(Process process, List<String> command) {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " has not ended after " + PATIENCE_SECONDS + " s");
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + command, e);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
