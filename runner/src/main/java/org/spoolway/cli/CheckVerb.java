package org.spoolway.cli;

import org.spoolway.schema.Action;
import picocli.CommandLine.Command;

/** {@code check}. */
@Command(name = "check", description = "Look which releases are available.")
final class CheckVerb extends ShorthandVerb {

  CheckVerb() {
    super(Action.CHECK);
  }
}
