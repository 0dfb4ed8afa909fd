package org.spoolway.cli;

import picocli.CommandLine.Command;

/** {@code enqueue}: placeholder until written below. */
@Command(name = "enqueue")
final class EnqueueVerb extends Verb {
  @Override
  ExitCode execute() {
    return ExitCode.OK;
  }
}
