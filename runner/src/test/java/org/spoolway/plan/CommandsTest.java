package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.engine.Ending;
import org.spoolway.engine.Lives;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;

/** What the commands of a deployment file are told, and who ends those that a dead runner left. */
class CommandsTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private Stage stage;

  @BeforeEach
  void install() throws IOException {
    stage = Stage.installed(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"build", "pending", "migrate"})
  void aCommandRunsInTheNewReleaseAndIsToldWhichItIs(String program) throws IOException {
    stage.mustSucceed(UPDATE);
    Command command = last(program);
    Path release = stage.site().application().release("1.1.0");
    assertEquals(release, command.directory());
    assertEquals(
        Map.of(
            "SPOOLWAY_DEPLOYMENT",
            "notes",
            "SPOOLWAY_VERSION",
            "1.1.0",
            "SPOOLWAY_RELEASE",
            release.toString(),
            "SPOOLWAY_SHARED",
            stage.site().application().shared().toString()),
        command.environment());
    assertEquals(stage.site().mark(), command.mark());
  }

  @Test
  void aNotificationIsToldOfTheOutcome() throws IOException {
    stage.mustSucceed(UPDATE);
    Map<String, String> told = last("notify").environment();
    assertEquals("succeeded", told.get("SPOOLWAY_STATE"));
    assertEquals("update", told.get("SPOOLWAY_ACTION"));
    assertEquals("1.0.0", told.get("SPOOLWAY_FROM"));
    assertEquals("1.1.0", told.get("SPOOLWAY_TO"));
    assertEquals("", told.get("SPOOLWAY_MESSAGE"));
  }

  @Test
  void aNotificationThatFailsChangesNothing() throws IOException {
    stage.outside().commands.on("notify", new Exit.Status(1));
    Lives lives = stage.accept(UPDATE);
    assertEquals(new Ending(Outcome.SUCCEEDED, null), lives.toTheEnd());
    String told = lives.progress().steps().get(lives.progress().steps().size() - 1).detail();
    assertEquals("cannot notify with `notify`: it exited with status 1", told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"build", "migrate"})
  void whatADeadRunnersCommandLeftRunningIsEndedFirst(String program) throws IOException {
    int untilIt = program.equals("build") ? 3 : 8;
    stage.outside().dieBefore(untilIt);
    Lives lives = stage.accept(UPDATE);
    lives.until(At.NEVER);
    int before = stage.outside().commands.endedMarks().size();
    lives.toTheEnd();
    assertTrue(stage.outside().commands.endedMarks().size() > before, "nothing was ended");
    assertEquals(stage.site().mark(), stage.outside().commands.endedMarks().get(before));
  }

  private Command last(String program) {
    return stage.outside().commands.ran().stream()
        .filter(command -> command.arguments().get(0).equals(program))
        .reduce((first, second) -> second)
        .orElseThrow();
  }
}
