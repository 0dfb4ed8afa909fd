package org.spoolway.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A verb that asks a deployment for something. */
abstract class AskingVerb extends FactVerb {

  @Parameters(index = "0", paramLabel = "DEPLOYMENT", description = "The deployment to ask.")
  private String deployment = "";

  @Mixin private RequestOptions options = new RequestOptions();

  /** What is done once the request is dropped. */
  enum Then {
    /** Nothing: its id is printed. */
    LEAVE,
    /** It is followed to its end. */
    FOLLOW
  }

  /** What is asked for. */
  abstract Action action();

  /** What that is about, or null. */
  Request.@Nullable Params params() throws UsageException {
    return null;
  }

  abstract Then then();

  @Override
  final ExitCode execute() throws IOException, ProblemException, UsageException {
    Request request =
        options.request(action(), params(), Asking.user(machine()), machine().clock().instant());
    Deployment chosen = deployments().read(deployment);
    String origin = Asking.origin(chosen, options.origin());
    Asked asked = new Asking(machine(), deployments()).ask(chosen, origin, request);
    return new Following(machine(), deployments().layout(), screen())
        .go(asked, request.action(), then(), form());
  }
}
