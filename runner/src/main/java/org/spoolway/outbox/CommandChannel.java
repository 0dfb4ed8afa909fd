package org.spoolway.outbox;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Commands;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.schema.Failure;
import org.spoolway.schema.Result;
import org.spoolway.wording.Printable;

/**
 * Runs {@code notify.run}, in the deployment's root. The commands learn of the outcome through
 * {@code SPOOLWAY_DEPLOYMENT}, {@code SPOOLWAY_ID}, {@code SPOOLWAY_ACTION}, {@code
 * SPOOLWAY_STATE}, {@code SPOOLWAY_FROM}, {@code SPOOLWAY_TO} and {@code SPOOLWAY_MESSAGE}, and of
 * the message through {@code SPOOLWAY_MESSAGE_ID}, {@code SPOOLWAY_EVENT} and {@code
 * SPOOLWAY_SUBJECT}. All must succeed; the first that does not is the end of a try, and the next
 * one begins with the first.
 */
final class CommandChannel implements Channel {

  static final String NAME = "command";

  private final Deployment deployment;
  private final Commands commands;
  private final String mark;
  private boolean begun;

  /**
   * A channel.
   *
   * @param mark by which what the commands start is found again; not that of jobs, which end
   *     everything of theirs
   */
  CommandChannel(Deployment deployment, Commands commands, Path mark) {
    this.deployment = deployment;
    this.commands = commands;
    this.mark = mark.toString();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Delivery deliver(Message message, Interruption interruption) {
    endStrays();
    for (List<String> arguments : deployment.notification().run()) {
      Command command =
          new Command(
              arguments,
              deployment.root(),
              environment(message),
              mark,
              deployment.notification().timeout(),
              deployment.notification().user());
      Tail printed = new Tail();
      Exit exit = commands.run(command, printed, interruption);
      if (!exit.equals(new Exit.Status(0))) {
        return new Delivery.Failed(
            "cannot notify with `"
                + Printable.line(command.display())
                + "`: "
                + Exits.observed(exit, printed),
            "Run the command by hand; it is tried again by itself.");
      }
    }
    return new Delivery.Done();
  }

  /** A runner that was killed may have left one at work, which would tell things out of order. */
  private void endStrays() {
    if (!begun) {
      begun = true;
      commands.endAll(mark);
    }
  }

  private static Map<String, String> environment(Message message) {
    Result result = message.result();
    Failure error = result.error();
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("SPOOLWAY_DEPLOYMENT", result.deployment());
    environment.put("SPOOLWAY_ID", result.id().value());
    environment.put("SPOOLWAY_ACTION", result.action() == null ? "" : result.action().wireName());
    environment.put("SPOOLWAY_STATE", result.state().wireName());
    environment.put("SPOOLWAY_FROM", text(result.from()));
    environment.put("SPOOLWAY_TO", text(result.to()));
    environment.put("SPOOLWAY_MESSAGE", error == null ? "" : Printable.text(error.message()));
    environment.put("SPOOLWAY_MESSAGE_ID", message.id());
    environment.put("SPOOLWAY_EVENT", message.event());
    environment.put("SPOOLWAY_SUBJECT", message.subject());
    return environment;
  }

  private static String text(@Nullable Object value) {
    return Objects.toString(value, "");
  }
}
