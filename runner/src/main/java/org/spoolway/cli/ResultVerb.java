package org.spoolway.cli;

import java.io.IOException;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code result}. */
@Command(name = "result", description = "Show how a request stands, or how it ended.")
final class ResultVerb extends FactVerb {

  @Mixin private IdArgument id = new IdArgument();

  @Override
  ExitCode execute() throws IOException, ProblemException, UsageException {
    Result result = id.result(deployments());
    if (form() == Form.JSON) {
      printJson(result);
      return ExitCode.OK;
    }
    ResultText.print(screen(), result, machine().clock().instant());
    return ExitCode.OK;
  }
}
