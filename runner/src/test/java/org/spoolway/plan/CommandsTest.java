package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.engine.Lives;
import org.spoolway.host.Commands.Command;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.schema.Action;
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
