package org.spoolway.cli;

import org.spoolway.schema.Action;
import picocli.CommandLine.Command;

/** {@code rollback}. */
@Command(
    name = "rollback",
    description =
        "Go back to the release before the last update, its data included while nothing was"
            + " written.")
final class RollbackVerb extends VersionVerb {

  RollbackVerb() {
    super(Action.ROLLBACK);
  }
}
