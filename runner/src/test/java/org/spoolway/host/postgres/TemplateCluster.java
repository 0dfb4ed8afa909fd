package org.spoolway.host.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A new cluster that was never started. Copying it takes a tenth of the time to make one. */
final class TemplateCluster {

  private static Optional<Path> made = Optional.empty();

  private TemplateCluster() {}

  /** The data directory, made once in this process's life and removed at its end. */
  static synchronized Path of(PostgresPrograms programs) {
    if (made.isEmpty()) {
      Path scratch = programs.scratch();
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> delete(scratch), "remove-template-cluster"));
      Path data = scratch.resolve("data");
      PostgresPrograms.output(
          programs.command(
              scratch,
              "initdb",
              List.of(
                  "--pgdata=" + data,
                  "--username=" + programs.superuser(),
                  "--auth=trust",
                  "--encoding=UTF8",
                  "--locale=C.UTF-8",
                  "--no-sync")),
          "");
      made = Optional.of(data);
    }
    return made.orElseThrow();
  }

  /** Removes a directory and all that is in it. */
  static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
