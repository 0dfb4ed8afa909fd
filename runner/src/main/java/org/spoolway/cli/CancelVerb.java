package org.spoolway.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.AskingVerb.Then;
import org.spoolway.deployment.Deployment;
import org.spoolway.inspect.RequestFinder.Found;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cancel}. */
@Command(
    name = "cancel",
    description = "Take back a request that waits, or undo one that runs and is not live yet.")
final class CancelVerb extends FactVerb {

  @Mixin private IdArgument id = new IdArgument();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Say why; people see it in the result.")
  private @Nullable String reason;

  @Option(names = "--detach", description = "Print the id of this request and do not wait.")
  private boolean detach;

  @Override
  ExitCode execute() throws IOException, ProblemException, UsageException {
    Found found = id.find(deployments());
    Deployment deployment = deployments().read(found.deployment());
    String origin = inbox(deployment, found.origin());
    Request.Params which =
        Request.Params.request(found.id(), origin.equals(found.origin()) ? null : found.origin());
    Request request =
        new Request(
            Request.SCHEMA,
            null,
            Action.CANCEL,
            which,
            reason,
            Asking.user(machine()),
            false,
            null,
            null,
            null);
    Asked asked = new Asking(machine(), deployments()).ask(deployment, origin, request);
    return new Following(machine(), deployments().layout(), screen())
        .go(asked, Action.CANCEL, detach ? Then.LEAVE : Then.FOLLOW, form());
  }

  /** The operator may cancel what anybody asked for; whoever is none, what the own origin did. */
  private String inbox(Deployment deployment, String asker) {
    boolean isOperator = Asking.mayOwn(machine(), deployment, Deployment.OPERATOR);
    return isOperator ? Deployment.OPERATOR : asker;
  }
}
