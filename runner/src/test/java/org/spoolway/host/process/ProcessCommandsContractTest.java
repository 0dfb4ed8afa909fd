package org.spoolway.host.process;

import java.util.List;
import org.spoolway.host.Commands;
import org.spoolway.host.CommandsContract;

final class ProcessCommandsContractTest extends CommandsContract {

  private final ProcessCommands commands = new ProcessCommands();

  @Override
  protected Commands commands() {
    return commands;
  }

  @Override
  protected List<String> printing(String text, int status) {
    return List.of("sh", "-c", "printf %s \"$1\"; exit \"$2\"", "sh", text, "" + status);
  }

  @Override
  protected List<String> hanging() {
    return List.of("sleep", "1000");
  }

  @Override
  protected List<String> missing() {
    return List.of("no-such-program");
  }
}
