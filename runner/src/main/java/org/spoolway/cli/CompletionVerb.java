package org.spoolway.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code completion}. */
@Command(
    name = "completion",
    description =
        "Print a script that completes command lines in bash and zsh: source <(spoolway"
            + " completion).")
final class CompletionVerb extends Verb {

  @Override
  ExitCode execute() {
    out().print(AutoComplete.bash("spoolway", Spoolway.commandLine(machine(), Verbs.NAMES)));
    out().flush();
    return ExitCode.OK;
  }
}
