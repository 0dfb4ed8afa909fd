package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.layout.HostDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.layout.StateDir;

/** What the unit of {@code recover --before-services} holds before that begins. */
class HoldingUnitTest {

  private static final Path UNIT = Path.of("../systemd/units/spoolway-recover.service");
  private static final String HEAD = "ExecStartPre=/bin/sh -c '";

  @TempDir private Path directory;
  private Path states;
  private Path holds;

  @BeforeEach
  void make() throws IOException {
    states = Files.createDirectory(directory.resolve("states"));
    holds = directory.resolve("run/spoolway/hold");
  }

  private StateDir state(String deployment) throws IOException {
    return new StateDir(Files.createDirectories(states.resolve(deployment)));
  }

  private List<String> held() throws Exception {
    Process shell = new ProcessBuilder("/bin/sh", "-c", script()).inheritIO().start();
    assertEquals(0, shell.waitFor());
    if (Files.notExists(holds)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(holds)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /** As systemd reads it, with other directories. */
  private String script() throws IOException {
    String line =
        Files.readAllLines(UNIT).stream().filter(l -> l.startsWith(HEAD)).findFirst().orElseThrow();
    return line.substring(HEAD.length(), line.length() - 1)
        .replace("$$", "$")
        .replace(SpoolLayout.system().states().toString(), states.toString())
        .replace(HostDir.system().hold("x").getParent().toString(), holds.toString());
  }

  @Test
  void whereNothingRanOrNothingIsOpenNothingIsHeld() throws Exception {
    assertEquals(List.of(), held());
    Files.createDirectories(state("notes").journals());
    state("wiki");
    assertEquals(List.of(), held());
    Files.delete(state("notes").journals());
    Files.delete(state("notes").path());
    Files.delete(state("wiki").path());
    Files.delete(states);
    assertEquals(List.of(), held());
  }

  @Test
  void anOpenJobHoldsItsDeploymentAndNoOther() throws Exception {
    Files.createDirectories(state("notes").journals());
    Files.createFile(state("notes").journal("1"));
    Files.createDirectories(state("wiki").journals());
    assertEquals(List.of("notes"), held());
    assertEquals(List.of("notes"), held());
  }

  @Test
  void anUndoThatFailedHolds() throws Exception {
    Files.createFile(state("notes").brokenJournal());
    assertEquals(List.of("notes"), held());
  }
}
