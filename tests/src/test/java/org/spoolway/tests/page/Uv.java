package org.spoolway.tests.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.spoolway.tests.Program;

/** The program uv, with which the casebook is built: in PATH, or where {@code tests/run} put it. */
final class Uv {

  private Uv() {}

  /** Where it lies, or empty. */
  static Optional<Path> found() {
    return Program.found("uv")
        .or(() -> Optional.of(cache().resolve("uv/bin/uv")).filter(Files::isExecutable));
  }

  private static Path cache() {
    Map<String, String> environment = System.getenv();
    String home = environment.getOrDefault("XDG_CACHE_HOME", environment.get("HOME") + "/.cache");
    return Path.of(environment.getOrDefault("SPOOLWAY_CACHE", home + "/spoolway"));
  }

  /** What a process needs that calls it: all tests share what it has downloaded. */
  static Map<String, String> environment(Path program) {
    return Map.of(
        "PATH",
        program.getParent() + ":" + System.getenv("PATH"),
        "UV_CACHE_DIR",
        cache().resolve("uv-cache").toString(),
        "UV_PYTHON_DOWNLOADS",
        "never");
  }
}
