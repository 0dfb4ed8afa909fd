package org.spoolway.cli;

import org.spoolway.schema.Action;
import picocli.CommandLine.Command;

/** {@code update}. */
@Command(
    name = "update",
    description =
        "Carry the application to the newest release on its channel, or install the first one.")
final class UpdateVerb extends VersionVerb {

  UpdateVerb() {
    super(Action.UPDATE);
  }
}
