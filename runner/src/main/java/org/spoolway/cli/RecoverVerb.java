package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.text.Screen;
import org.spoolway.hostfile.HostConfiguration;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Failure;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;
import org.spoolway.schema.Status;
import org.spoolway.worker.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--by-hand",
      description =
          "Take the undo that failed as done by hand, and go on with what is to be undone after it.")
  private boolean byHand;

  @Option(
      names = "--before-services",
      description =
          "While the host starts: decide which release and which data are live, start nothing, and"
              + " leave the rest to `run`. What cannot be decided stays held.")
  private boolean beforeServices;

  /** What was done for one deployment. */
  private record Report(
      String deployment,
      List<Result> carried,
      boolean repaired,
      Status.@Nullable Broken broken,
      @Nullable Failure error) {}

  @Override
  ExitCode execute() throws IOException, ProblemException, UsageException {
    if (byHand && beforeServices) {
      throw new UsageException(
          "cannot take an undo as done while the host starts",
          "Give only one of --by-hand and --before-services.");
    }
    List<Report> reports = new ArrayList<>();
    List<ProblemException> problems = new ArrayList<>();
    for (String name : deployments().orAll(names)) {
      try {
        reports.add(recover(name));
      } catch (ProblemException e) {
        problems.add(e);
        reports.add(new Report(name, List.of(), false, null, e.failure()));
      } catch (IOException e) {
        // A disk that fails one deployment must not keep the others from being decided.
        ProblemException failed =
            new ProblemException(
                Problem.STORAGE_FAILED, "cannot recover " + name + ": " + e.getMessage(), e);
        problems.add(failed);
        reports.add(new Report(name, List.of(), false, null, failed.failure()));
      }
    }
    if (form() == Form.JSON) {
      printJson(reports);
    } else {
      reports.forEach(this::print);
    }
    if (beforeServices) {
      return ExitCode.OK;
    }
    if (reports.stream().anyMatch(report -> report.broken() != null)) {
      return ExitCode.NEEDS_INTERVENTION;
    }
    return problems.isEmpty() ? ExitCode.OK : ErrorPrinter.exitCode(problems.get(0).problem());
  }

  private Report recover(String name) throws IOException, ProblemException {
    return beforeServices ? decide(name) : recover(name, repair());
  }

  private Worker.Repair repair() {
    return byHand ? Worker.Repair.TAKE_AS_DONE : Worker.Repair.TRY_AGAIN;
  }

  /**
   * The unit that runs this has held what is open, before there was any Java: so whatever becomes
   * of this process, what is not decided stays held.
   */
  private Report decide(String name) throws IOException, ProblemException {
    try {
      Report report = recover(name, Worker.Repair.LEAVE_TO_RUNNER);
      if (report.broken() == null) {
        liftHold(name);
      }
      return report;
    } catch (ProblemException e) {
      if (e.problem() == Problem.BUSY) {
        // A runner that lives has decided, or will before it starts anything.
        liftHold(name);
      }
      throw e;
    }
  }

  /** One user's own deployments have no units, and that user no business in the host's /run. */
  private void liftHold(String name) throws IOException, ProblemException {
    HostConfiguration host = deployments().site(name).ports().configuration();
    if (host.isAvailable()) {
      Files.deleteIfExists(host.directories().hold(name));
    }
  }

  private Report recover(String name, Worker.Repair repair) throws IOException, ProblemException {
    try (Post post = Post.take(machine(), deployments(), name, Worker.Mode.DRAIN)) {
      Worker.Recovered done = post.worker().recoverOnly(repair);
      return new Report(name, done.carried(), done.repaired(), done.broken().orElse(null), null);
    } catch (ProblemException e) {
      if (e.problem() != Problem.BUSY) {
        throw e;
      }
      throw new ProblemException(
          Problem.BUSY, String.valueOf(e.getMessage()), leftTo(repair, name), e);
    }
  }

  /** Nobody has told that runner what was done by hand. */
  private static String leftTo(Worker.Repair repair, String name) {
    return repair == Worker.Repair.TAKE_AS_DONE
        ? "Stop that runner first, on a host with `systemctl stop spoolway`, run this again, and"
            + " start it again; applications serve on meanwhile."
        : "Leave it to that runner: it recovers when it starts and before its next job; `spoolway"
            + " check "
            + name
            + "` is one.";
  }

  private void print(Report report) {
    Screen screen = screen();
    ErrorPrinter errors = new ErrorPrinter(machine().err());
    String name = report.deployment();
    if (report.repaired()) {
      screen.print(name + ": the undo that had failed is complete now");
    }
    for (Result result : report.carried()) {
      screen.print(name + ": " + result.id() + " " + standing(result));
    }
    Status.Broken broken = report.broken();
    if (report.error() != null) {
      errors.say(report.error().message(), report.error().fix());
    } else if (broken != null) {
      errors.say(
          "cannot undo "
              + broken.step()
              + " of "
              + broken.id()
              + " in "
              + name
              + ": "
              + broken.message(),
          broken.fix());
    } else if (report.carried().isEmpty() && !report.repaired()) {
      screen.print(name + ": nothing was left");
    }
  }

  private static String standing(Result result) {
    if (result.state().isTerminal()) {
      return "ended: " + Outcomes.words(result.state());
    }
    return result.state() == Outcome.QUEUED
        ? "is undone and waits for its turn again"
        : "goes on when `spoolway run` starts";
  }
}
