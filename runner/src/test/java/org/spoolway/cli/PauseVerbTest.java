package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PauseVerbTest {

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
    home.machine.clock = Home.AT_NOON;
  }

  @Test
  void queueIsHeldUntilItIsLetGo() throws Exception {
    FakeMachine.Ran paused = home.run("pause", "notes", "--reason", "holidays");
    assertEquals(
        new FakeMachine.Ran(
            0, "notes is paused; what runs goes on, and nothing else is started\n", ""),
        paused);
    assertEquals(
        """
        {
          "since" : "2026-11-21T12:00:00Z",
          "by" : "ada",
          "reason" : "holidays"
        }
        """,
        Files.readString(home.state().paused()));
    home.machine.clock = Clock.offset(Home.AT_NOON, Duration.ofMinutes(5));
    assertEquals(
        "notes is paused already, by ada 5 min ago: holidays\n", home.run("pause", "notes").out());
    assertEquals("notes goes on, after 5 min\n", home.run("resume", "notes").out());
    assertFalse(Files.exists(home.state().paused()));
    assertEquals(new FakeMachine.Ran(0, "notes was not paused\n", ""), home.run("resume", "notes"));
  }

  @Test
  void programsGetTheState() {
    String paused = home.run("pause", "notes", "--json").out();
    assertTrue(paused.contains("\"paused\" : true") && paused.contains("\"by\" : \"ada\""), paused);
    String resumed = home.run("resume", "notes", "--json").out();
    assertTrue(resumed.contains("\"paused\" : false"), resumed);
  }

  @Test
  void holdMadeByHandIsOneToo() throws Exception {
    home.run("enqueue", "notes", "check");
    Files.createFile(home.state().paused());
    assertTrue(home.run("pause", "notes").out().startsWith("notes is paused already, by "));
    assertTrue(home.run("resume", "notes").out().startsWith("notes goes on"));
  }

  @Test
  void unknownDeploymentIsNotFound() {
    assertEquals(ExitCode.NOT_FOUND.code(), home.run("pause", "wiki").code());
    assertEquals(ExitCode.NOT_FOUND.code(), home.run("resume", "wiki").code());
  }
}
