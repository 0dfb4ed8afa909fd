package org.spoolway.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Status;
import org.spoolway.worker.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: works the queues. */
@Command(
    name = "run",
    description = "Work the queues of all deployments, or of those named, until asked to end.")
final class RunVerb extends Verb {

  @Parameters(paramLabel = "DEPLOYMENT", arity = "0..*", description = "Only these deployments.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--drain",
      description = "End when nothing is left to do; with 75 when an inbox could not be served.")
  private boolean drain;

  @Option(
      names = "--watch",
      paramLabel = "auto|off",
      completionCandidates = Spelled.Watches.class,
      description =
          "How to notice requests: auto uses the kernel's events where they can be had, off looks"
              + " now and then (default: auto).")
  private Worker.Watch watch = Worker.Watch.AUTO;

  @Override
  ExitCode execute() throws IOException, ProblemException {
    List<Post> posts = new ArrayList<>();
    Roster roster = new Roster(machine(), deployments());
    try {
      boolean complete = takeAll(posts, roster);
      List<Status.Unserved> unserved =
          new Shift(posts, watch, drain || !names.isEmpty() ? null : roster, machine().rest())
              .work(machine());
      ErrorPrinter errors = new ErrorPrinter(machine().err());
      unserved.forEach(why -> errors.say(why.message(), why.fix()));
      if (!complete) {
        return ExitCode.USAGE;
      }
      return unserved.isEmpty() ? ExitCode.OK : ExitCode.BUSY;
    } finally {
      for (Post post : posts) {
        post.close();
      }
    }
  }

  /**
   * Takes the posts. Where all deployments are worked, a file that is wrong stops only its own.
   *
   * @return whether none was left out
   */
  private boolean takeAll(List<Post> posts, Roster roster) throws IOException, ProblemException {
    Worker.Mode mode = drain ? Worker.Mode.DRAIN : Worker.Mode.SERVE;
    boolean complete = true;
    for (String name : deployments().orAll(names)) {
      try {
        posts.add(roster.take(name, mode));
      } catch (ProblemException e) {
        if (e.problem() == Problem.BUSY || !names.isEmpty()) {
          throw e;
        }
        new ErrorPrinter(machine().err()).print(e);
        complete = false;
      }
    }
    return complete;
  }
}
