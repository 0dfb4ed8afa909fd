package org.spoolway.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.spoolway.cli.text.Screen;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Result;
import org.spoolway.worker.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code recover}. */
@Command(
    name = "recover",
    description =
        "Bring to an end what a crash or a failed undo has left, without starting anything new.")
final class RecoverVerb extends FactVerb {

  @Parameters(
      paramLabel = "DEPLOYMENT",
      arity = "0..*",
      description = "Recover these only (default: all).")
  private List<String> names = new ArrayList<>();

  /** What was done for one deployment. */
  private record Report(
      String deployment, List<Result> carried, boolean repaired, boolean broken) {}

  @Override
  ExitCode execute() throws IOException, ProblemException {
    List<Report> reports = new ArrayList<>();
    for (String name : deployments().orAll(names)) {
      reports.add(recover(name));
    }
    if (form() == Form.JSON) {
      printJson(reports);
    } else {
      reports.forEach(this::print);
    }
    boolean broken = reports.stream().anyMatch(Report::broken);
    return broken ? ExitCode.NEEDS_INTERVENTION : ExitCode.OK;
  }

  private Report recover(String name) throws IOException, ProblemException {
    try (Post post = Post.take(machine(), deployments(), name, Worker.Mode.DRAIN)) {
      Worker.Recovered done = post.worker().recoverOnly();
      return new Report(name, done.carried(), done.repaired(), done.broken());
    } catch (ProblemException e) {
      if (e.problem() != Problem.BUSY) {
        throw e;
      }
      throw new ProblemException(
          Problem.BUSY,
          String.valueOf(e.getMessage()),
          "Leave it to that runner: it recovers when it starts and before its next job; `spoolway"
              + " check "
              + name
              + "` is one.",
          e);
    }
  }

  private void print(Report report) {
    Screen screen = screen();
    String name = report.deployment();
    if (report.repaired()) {
      screen.print(name + ": the undo that had failed is complete now");
    }
    for (Result result : report.carried()) {
      screen.print(name + ": " + result.id() + " " + standing(result));
    }
    if (report.broken()) {
      new ErrorPrinter(machine().err())
          .say("cannot undo a job of " + name + ": it fails still", Problem.UNDO_FAILED.fix());
    } else if (report.carried().isEmpty() && !report.repaired()) {
      screen.print(name + ": nothing was left");
    }
  }

  private static String standing(Result result) {
    return result.state().isTerminal()
        ? "ended: " + Outcomes.words(result.state())
        : "is undone and waits for its turn again";
  }
}
