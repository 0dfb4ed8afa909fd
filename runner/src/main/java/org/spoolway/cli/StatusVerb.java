package org.spoolway.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code status}. */
@Command(
    name = "status",
    description = "Show what is live and what is going on, for one deployment or for all.")
final class StatusVerb extends FactVerb {

  @Parameters(
      arity = "0..1",
      paramLabel = "DEPLOYMENT",
      description = "Show this one in full (default: all, one line each).")
  private @Nullable String deployment;

  @Override
  ExitCode execute() throws IOException, ProblemException {
    List<StatusView> views = new ArrayList<>();
    for (String name : deployments().orAll(deployment)) {
      views.add(StatusView.of(deployments(), name));
    }
    StatusText text = new StatusText(screen(), machine().clock().instant());
    if (form() == Form.JSON) {
      List<Object> documents = views.stream().map(StatusView::document).toList();
      printJson(deployment == null ? documents : documents.get(0));
    } else if (deployment == null) {
      text.printAll(views);
    } else {
      text.print(views.get(0));
    }
    boolean wrong = views.stream().anyMatch(view -> view.fault() != null);
    return wrong ? ExitCode.USAGE : ExitCode.OK;
  }
}
