package org.spoolway.cli;

import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.Version;
import picocli.CommandLine.Option;

/** A verb for an action that leads to another release. */
abstract class VersionVerb extends ShorthandVerb {

  @Option(names = "--version", paramLabel = "VERSION", description = "Go to this release instead.")
  private @Nullable Version version;

  VersionVerb(Action action) {
    super(action);
  }

  @Nullable Version version() {
    return version;
  }

  @Override
  Request.@Nullable Params params() {
    return version == null ? null : Request.Params.version(version);
  }
}
