package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.text.Ages;
import org.spoolway.deployment.Deployment;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.problem.ProblemException;
import org.spoolway.spool.SpoolDirectories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pause}. */
@Command(
    name = "pause",
    description = "Hold a queue: requests are taken in, and none is started until `resume`.")
final class PauseVerb extends FactVerb {

  @Parameters(paramLabel = "DEPLOYMENT", description = "The deployment to hold.")
  private String deployment = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Say why.")
  private @Nullable String reason;

  @Override
  ExitCode execute() throws IOException, ProblemException {
    SpoolLayout layout = deployments().layout();
    Path file = layout.state(deployment).paused();
    Deployment read = deployments().read(deployment);
    SpoolDirectories.prepare(
        read, layout.spool(deployment), layout.state(deployment), machine().accounts());
    Instant now = machine().clock().instant();
    Optional<Pause> before = Pause.in(file);
    Pause pause = before.orElseGet(() -> new Pause(now, Asking.user(machine()), reason));
    if (before.isEmpty()) {
      pause.write(file);
    }
    if (form() == Form.JSON) {
      printJson(new PauseState(deployment, true, pause));
    } else if (before.isPresent()) {
      String since = Ages.since(pause.since(), now);
      String why = pause.reason() == null ? "" : ": " + pause.reason();
      screen()
          .print(deployment + " is paused already, by " + pause.by() + " " + since + " ago" + why);
    } else {
      screen().print(deployment + " is paused; what runs goes on, and nothing else is started");
    }
    return ExitCode.OK;
  }
}
