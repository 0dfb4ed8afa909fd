package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Commands.Exit;

/** What is told of a command that a signal has ended. */
class KilledCommandTest {

  private static final Exit KILLED = new Exit.Status(128 + 9);

  @TempDir Path directory;

  private String message(String command) throws IOException {
    Workplace place = new Workplace(directory).installed();
    place.commands.on(command, KILLED);
    place.touch("update");
    place.drain();
    return place.result("update").error().message();
  }

  /** Not every kernel tells systemd for what it has killed something. */
  @Test
  void ofABuildItsLimitIsNamedToo() throws IOException {
    String message = message("build");
    assertTrue(
        message.endsWith(
            "it was killed by signal 9 (exit status 137), as is what uses more than the 2048 MiB"
                + " of memory that it may"),
        message);
  }

  @Test
  void ofAMigrationThereIsNone() throws IOException {
    String message = message("migrate");
    assertEquals(
        "cannot migrate to 1.1.0 with `migrate`: it was killed by signal 9 (exit status 137)",
        message);
  }
}
