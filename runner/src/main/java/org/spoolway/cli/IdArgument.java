package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.spoolway.client.ResultReader;
import org.spoolway.inspect.RequestFinder;
import org.spoolway.inspect.RequestFinder.Found;
import org.spoolway.inspect.RequestFinder.Place;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A request's id on the command line, and what tells it from others with the same. */
final class IdArgument {

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The request's id, as `spoolway queue` and `spoolway history` list it.")
  private @Nullable RequestId id;

  @Option(
      names = "--deployment",
      paramLabel = "DEPLOYMENT",
      description = "Look at this deployment only.")
  private @Nullable String deployment;

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description = "Look at what came through this inbox only.")
  private @Nullable String origin;

  /**
   * Finds it.
   *
   * @throws ProblemException {@code REQUEST_UNKNOWN}, {@code DEPLOYMENT_UNKNOWN}
   * @throws UsageException when there are several
   */
  Found find(Deployments deployments) throws IOException, ProblemException, UsageException {
    RequestId wanted = Objects.requireNonNull(id, "a required parameter");
    RequestFinder.Search search =
        new RequestFinder(deployments.layout(), deployments.orAll(deployment)).find(wanted);
    List<Found> found =
        search.found().stream().filter(f -> origin == null || f.origin().equals(origin)).toList();
    if (found.size() == 1) {
      return found.get(0);
    } else if (found.isEmpty()) {
      throw missing(wanted, search);
    }
    throw new UsageException(
        "cannot tell which " + wanted + " is meant: there is one in " + places(found),
        "Add --deployment or --origin.");
  }

  /**
   * Finds its result.
   *
   * @throws ProblemException also when a runner has not understood it yet
   */
  Result result(Deployments deployments) throws IOException, ProblemException, UsageException {
    Found found = find(deployments);
    if (found.place() == Place.TOLD) {
      var told =
          new ResultReader(deployments.layout().spool(found.deployment()))
              .read(found.origin(), found.id());
      if (told.isPresent()) {
        return told.get();
      }
    }
    String why =
        found.place() == Place.INBOX
            ? "it waits in the inbox of " + found.origin()
            : "it is taken in, and nothing is told of it yet";
    throw new ProblemException(
        Problem.REQUEST_UNKNOWN,
        "cannot find the result of " + found.id() + ": " + why,
        "Start `spoolway run " + found.deployment() + "`, or wait until its runner takes it.",
        null);
  }

  private static ProblemException missing(RequestId wanted, RequestFinder.Search search) {
    String message = "cannot find request " + wanted + ": there is none ";
    if (search.unseen().isEmpty()) {
      return new ProblemException(Problem.REQUEST_UNKNOWN, message + "with that id");
    }
    String unseen = search.unseen().stream().map(Path::toString).collect(Collectors.joining(", "));
    return new ProblemException(
        Problem.REQUEST_UNKNOWN,
        message + "that you may see; you may not look into " + unseen,
        "Look as a member of its origin's group, or as the runner's user.",
        null);
  }

  private static String places(List<Found> found) {
    return found.stream()
        .map(f -> f.deployment() + "/" + f.origin())
        .collect(Collectors.joining(" and "));
  }
}
