package org.spoolway.cli;

import java.util.List;
import org.spoolway.cli.text.Json;
import org.spoolway.problem.ProblemException;
import picocli.CommandLine.Option;

/** A verb that prints facts: for people, or for programs. */
abstract class FactVerb extends Verb {

  @Option(names = "--json", description = "Print one JSON document, for programs.")
  private boolean json;

  /** How facts are printed. */
  enum Form {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON
  }

  final Form form() {
    return json ? Form.JSON : Form.TEXT;
  }

  /** Tells of deployment files that are wrong, beside the facts about the others. */
  final ExitCode tell(List<ProblemException> wrongFiles) {
    ErrorPrinter errors = new ErrorPrinter(machine().err());
    wrongFiles.forEach(errors::print);
    return wrongFiles.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
  }

  final void printJson(Object document) {
    Json.print(out(), document);
  }
}
