package org.spoolway.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs that makers sign with, run for real. */
public final class Tools {

  private static final Map<String, String> SURROUNDINGS = Map.of("LC_ALL", "C", "TZ", "UTC");

  private Tools() {}

  /**
   * Runs a program that must succeed.
   *
   * @param input what it reads
   * @return what it prints to standard output
   */
  public static byte[] run(Path directory, byte[] input, List<String> command) throws IOException {
    Path errors = directory.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(SURROUNDINGS);
    Process process = builder.redirectError(errors.toFile()).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    }
    byte[] output = process.getInputStream().readAllBytes();
    int status = process.onExit().join().exitValue();
    assertEquals(0, status, () -> command + " complains in " + errors);
    return output;
  }

  /** The same without input, as text. */
  public static String run(Path directory, String... command) throws IOException {
    return new String(run(directory, new byte[0], List.of(command)), StandardCharsets.UTF_8);
  }
}
