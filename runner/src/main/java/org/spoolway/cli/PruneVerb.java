package org.spoolway.cli;

import org.spoolway.schema.Action;
import picocli.CommandLine.Command;

/** {@code prune}. */
@Command(name = "prune", description = "Remove releases and snapshots that nothing needs any more.")
final class PruneVerb extends ShorthandVerb {

  PruneVerb() {
    super(Action.PRUNE);
  }
}
