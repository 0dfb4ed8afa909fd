package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.spoolway.cli.text.Ages;
import org.spoolway.durable.DurableFiles;
import org.spoolway.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code resume}. */
@Command(name = "resume", description = "Let a queue go on that `pause` has held.")
final class ResumeVerb extends FactVerb {

  @Parameters(paramLabel = "DEPLOYMENT", description = "The deployment to let go on.")
  private String deployment = "";

  @Override
  ExitCode execute() throws IOException, ProblemException {
    deployments().requireKnown(deployment);
    Path file = deployments().layout().state(deployment).paused();
    Optional<Pause> ended = Pause.in(file);
    DurableFiles.remove(file);
    if (form() == Form.JSON) {
      printJson(new PauseState(deployment, false, ended.orElse(null)));
    } else {
      screen()
          .print(
              ended
                  .map(pause -> Ages.since(pause.since(), machine().clock().instant()))
                  .map(time -> deployment + " goes on, after " + time)
                  .orElse(deployment + " was not paused"));
    }
    return ExitCode.OK;
  }
}
