package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The application outlives the runner, and the runner keeps it alive. */
class ServiceKeepingTest {

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private Spool spool;
  private long pid;

  @BeforeEach
  void install() {
    application = new SampleApplication(home, "app");
    spool = application.installed();
    pid = application.pid();
  }

  @Test
  void askedToEndTheRunnerEndsWithZeroAndTheApplicationServesOn() {
    assertEquals(0, home.stopRunners());

    assertEquals(Optional.of("1.0.0"), application.serving());
    assertTrue(Processes.isAlive(pid));
  }

  @Test
  void killedRunnersApplicationServesOnAndIsAttachedToAgain() {
    home.killRunners();
    assertEquals(Optional.of("1.0.0"), application.serving());

    home.run();

    assertEquals("succeeded", Results.text(spool.ask("check"), "state"));
    assertEquals(pid, application.pid());
    assertTrue(Processes.isAlive(pid));
    assertEquals("succeeded", Results.text(spool.ask("restart"), "state"));
    assertNotEquals(pid, application.pid());
    assertTrue(!Processes.isAlive(pid), "the one from before is gone");
  }

  @Test
  void processThatDiesIsStartedAgain() {
    Processes.kill(pid);

    Until.isTrue(
        "a new process serving",
        () -> application.serving().isPresent() && application.pid() != pid);
    assertEquals(Optional.of("1.0.0"), application.serving());
  }

  @Test
  void processThatDiedWhileNoRunnerWasThereIsStartedAgain() {
    home.stopRunners();
    Processes.kill(pid);
    Until.isTrue("it being gone", () -> application.serving().isEmpty());

    home.run();

    Until.isTrue("a new process serving", () -> application.serving().isPresent());
  }

  @Test
  void strangerWithTheNumberOfTheOldProcessIsLeftAlone() throws IOException {
    home.stopRunners();
    Processes.kill(pid);
    Until.isTrue("it being gone", () -> application.serving().isEmpty());
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      Path record = home.state("app").resolve("service.json");
      String text = Files.readString(record);
      Files.writeString(record, text.replace(Long.toString(pid), Long.toString(stranger.pid())));

      home.run();
      Until.isTrue("a new process serving", () -> application.serving().isPresent());
      spool.ask("restart");

      assertTrue(stranger.isAlive());
      assertNotEquals(stranger.pid(), application.pid());
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void runnerThatIsAskedToEndUndoesWhatItPreparesAndTheNextOneDoesIt() {
    String once = "[ -e %1$s ] || { touch %1$s; exec sleep 600; }".formatted(home.marker("build"));
    application.release("1.1.0", new Release().schema(2).build(once));
    spool.drop("1700000000-update.json", "{\"id\": \"long\", \"action\": \"update\"}");
    Until.isTrue("the build having begun", () -> Files.exists(home.marker("build")));
    World before = application.world();

    assertEquals(0, home.stopRunners());

    assertEquals(before.live(), application.live());
    assertEquals(Optional.of("1.0.0"), application.serving());
    assertTrue(Processes.isAlive(pid));
    assertEquals(0, home.drain());
    JsonNode result = spool.await("long");
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(2, result.path("attempt").asInt());
    assertEquals(Optional.of("1.1.0"), application.serving());
  }

  @Test
  void runnerThatIsAskedToEndInTheCutoverPutsTheOldReleaseBackFirst() {
    String blocks = "sqlite3 $SPOOLWAY_SHARED/app.db 'DELETE FROM notes'; touch %s; exec sleep 600";
    application.release(
        "1.1.0", new Release().schema(2).migrate(blocks.formatted(home.marker("migrate"))));
    World before = application.world();
    spool.drop("1700000000-update.json", "{\"id\": \"long\", \"action\": \"update\"}");
    Until.isTrue("the migration having begun", () -> Files.exists(home.marker("migrate")));

    assertEquals(0, home.stopRunners());

    Results.assertError("rolled_back", "INTERRUPTED", spool.await("long"));
    assertEquals(before, application.world());
  }
}
