package org.spoolway.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FakeCommandsTest extends CommandsContract {

  private final FakeCommands commands = new FakeCommands();

  @Override
  protected Commands commands() {
    return commands;
  }

  @Override
  protected List<String> printing(String text, int status) {
    commands.on("print", FakeCommands.printing(text, status));
    return List.of("print");
  }

  @Override
  protected List<String> hanging() {
    commands.on("hang", FakeCommands.hanging());
    return List.of("hang");
  }

  @Override
  protected List<String> missing() {
    commands.on("missing", new Commands.Exit.NotStarted("there is no program missing"));
    return List.of("missing");
  }

  @Test
  void everyCallIsRecorded() {
    theExitStatusIsReported();
    commands.endAll("job 1");
    assertEquals(List.of("print"), commands.ran().get(0).arguments());
    assertEquals(2, commands.ran().size());
    assertEquals(List.of("job 1"), commands.endedMarks());
  }
}
