package org.spoolway.cli;

import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rollback}. */
@Command(
    name = "rollback",
    description =
        "Go back to the release before the last update, its data included while nothing was"
            + " written.")
final class RollbackVerb extends VersionVerb {

  @Mixin private DataOption option = new DataOption();

  RollbackVerb() {
    super(Action.ROLLBACK);
  }

  @Override
  Request.@Nullable Params params() {
    return option.data() == null
        ? super.params()
        : Request.Params.rollback(version(), option.data());
  }
}
