package org.spoolway.cli;

import org.spoolway.cli.text.Json;
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

  final void printJson(Object document) {
    Json.print(out(), document);
  }
}
