package org.spoolway.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code enqueue}. */
@Command(
    name = "enqueue",
    description = "Drop a request into an inbox and print its id; a runner carries it out.")
final class EnqueueVerb extends AskingVerb {

  @Parameters(
      index = "1",
      paramLabel = "ACTION",
      completionCandidates = Spelled.Actions.class,
      description = "One of check, update, rollback, restart, backup, restore, prune, cancel.")
  private @Nullable Action action;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "SUBJECT",
      description = "The snapshot for restore, the request's id for cancel.")
  private @Nullable String about;

  @Mixin private Subject subject = new Subject();

  @Option(names = "--wait", description = "Follow it to its end.")
  private boolean waits;

  @Override
  Action action() {
    return Objects.requireNonNull(action, "a required parameter");
  }

  @Override
  Request.@Nullable Params params() throws UsageException {
    return subject.params(action(), about);
  }

  @Override
  Then then() {
    return waits ? Then.FOLLOW : Then.LEAVE;
  }
}
