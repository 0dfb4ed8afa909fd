package org.spoolway.cli;

import org.spoolway.schema.Action;
import picocli.CommandLine.Command;

/** {@code restart}. */
@Command(
    name = "restart",
    description =
        "Stop and start the live release, and have it prove its health. What it has outside of itself"
            + " is brought where nothing of that is there.")
final class RestartVerb extends ShorthandVerb {

  RestartVerb() {
    super(Action.RESTART);
  }
}
