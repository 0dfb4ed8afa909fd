package org.spoolway.cli;

import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code update}. */
@Command(
    name = "update",
    description = "Carry the application to a newer release, or install the first one.")
final class UpdateVerb extends ShorthandVerb {

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "Go to this release (default: the newest on the channel).")
  private @Nullable Version version;

  @Override
  Request.@Nullable Params params() {
    return version == null ? null : Request.Params.version(version);
  }

  @Override
  Action action() {
    return Action.UPDATE;
  }
}
