package org.spoolway.cli;

import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rollback}. */
@Command(
    name = "rollback",
    description =
        "Go back to the release before the last update, its data included while nothing was"
            + " written.")
final class RollbackVerb extends ShorthandVerb {

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "Go to this release (default: the one before the last update).")
  private @Nullable Version version;

  @Override
  Request.@Nullable Params params() {
    return version == null ? null : Request.Params.version(version);
  }

  @Override
  Action action() {
    return Action.ROLLBACK;
  }
}
