package org.spoolway.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.text.Screen;
import org.spoolway.inspect.Preview;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Failure;
import org.spoolway.schema.Request;
import org.spoolway.schema.Result;
import org.spoolway.step.Site;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plan}. */
@Command(
    name = "plan",
    description = "Show the steps that a request would take, with the reason for each.")
final class PlanVerb extends FactVerb {

  @Parameters(index = "0", paramLabel = "DEPLOYMENT", description = "The deployment to plan for.")
  private String deployment = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ACTION",
      completionCandidates = Spelled.PlannedActions.class,
      description = "What would be asked for (default: update).")
  private Action action = Action.UPDATE;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "SUBJECT",
      description = "The snapshot for restore.")
  private @Nullable String about;

  @Mixin private Subject subject = new Subject();

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description = "Through which inbox (default: operator, or the only one).")
  private @Nullable String origin;

  @Override
  ExitCode execute() throws IOException, ProblemException, UsageException {
    if (!Preview.hasPlan(action)) {
      throw new UsageException(
          "cannot plan " + action.wireName() + ": it has no steps",
          "Name one of check, update, rollback, restart, backup, restore, prune.");
    }
    Site site = deployments().site(deployment);
    String user = Asking.user(machine());
    Request request =
        new Request(
            Request.SCHEMA,
            null,
            action,
            subject.params(action, about),
            null,
            user,
            true,
            null,
            null,
            null);
    Result.Owner owner =
        new Result.Owner(
            machine().accounts().ownUid(),
            machine().accounts().userName(machine().accounts().ownUid()));
    String through = Asking.origin(site.deployment(), origin);
    Result planned = new Preview(site).of(through, request, owner);
    print(planned);
    return ExitCode.of(planned.state());
  }

  private void print(Result planned) {
    if (form() == Form.JSON) {
      printJson(planned);
    } else {
      Screen screen = screen();
      if (planned.to() != null) {
        String from = planned.from() == null ? "nothing" : planned.from().text();
        screen.print(
            action.wireName() + " of " + deployment + " from " + from + " to " + planned.to());
      }
      StepLines.print(screen, planned);
      screen.print(Outcomes.sentence(planned));
      ExpectedText.of(planned).ifPresent(screen::print);
      if (planned.planSha256() != null) {
        screen.print("hash " + planned.planSha256());
      }
    }
    Failure error = planned.error();
    if (error != null) {
      new ErrorPrinter(machine().err()).print(error);
    }
  }
}
