package org.spoolway.cli;

import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code restore}. */
@Command(
    name = "restore",
    description = "Put the data of a snapshot in place of the present ones, which are kept aside.")
final class RestoreVerb extends ShorthandVerb {

  @Parameters(
      index = "1",
      paramLabel = "SNAPSHOT",
      description = "The snapshot, as `spoolway snapshots` lists it.")
  private String snapshot = "";

  RestoreVerb() {
    super(Action.RESTORE);
  }

  @Override
  Request.Params params() {
    return Request.Params.snapshot(snapshot);
  }
}
