package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.spoolway.client.ResultReader;
import org.spoolway.layout.SpoolDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code logs}. */
@Command(name = "logs", description = "Print what the commands of a request have printed.")
final class LogsVerb extends Verb {

  @Mixin private IdArgument id = new IdArgument();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the request has ended.")
  private boolean follow;

  @Override
  ExitCode execute() throws IOException, ProblemException, UsageException {
    Result result = id.result(deployments());
    SpoolDir spool = deployments().layout().spool(result.deployment());
    Path log = spool.log(result.origin(), result.id().value());
    LogTail tail = new LogTail(log, out());
    if (follow) {
      tail.follow(new ResultReader(spool), result);
    } else {
      tail.copy();
    }
    if (!Files.exists(log)) {
      machine().err().println("spoolway: nothing was logged for " + result.id());
    }
    return ExitCode.OK;
  }
}
