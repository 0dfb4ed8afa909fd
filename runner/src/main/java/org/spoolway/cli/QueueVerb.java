package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.text.Ages;
import org.spoolway.cli.text.Screen;
import org.spoolway.cli.text.Table;
import org.spoolway.inspect.Waiting;
import org.spoolway.inspect.WaitingLine;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code queue}. */
@Command(name = "queue", description = "Show what runs and what waits, in order.")
final class QueueVerb extends FactVerb {

  @Parameters(
      arity = "0..1",
      paramLabel = "DEPLOYMENT",
      description = "Show this one only (default: all).")
  private @Nullable String deployment;

  @Override
  ExitCode execute() throws IOException, ProblemException {
    Instant now = machine().clock().instant();
    List<Waiting> requests = new ArrayList<>();
    List<Path> unseen = new ArrayList<>();
    int more = 0;
    for (String name : deployments().orAll(deployment)) {
      SpoolLayout layout = deployments().layout();
      WaitingLine.Look look =
          new WaitingLine(name, layout.spool(name), layout.state(name), machine().accounts())
              .look(now);
      requests.addAll(look.requests());
      unseen.addAll(look.unseen());
      more += look.more();
    }
    if (form() == Form.JSON) {
      printJson(requests);
    } else {
      print(requests, more, now);
    }
    if (!unseen.isEmpty()) {
      String where = unseen.stream().map(Path::toString).collect(Collectors.joining(", "));
      new ErrorPrinter(machine().err())
          .say("cannot show all: you may not look into " + where, "Run it as the runner's user.");
    }
    return ExitCode.OK;
  }

  private void print(List<Waiting> requests, int more, Instant now) {
    Screen screen = screen();
    Table table = new Table("", "DEPLOYMENT", "ACTION", "STATE", "AGE", "ORIGIN", "OWNER", "ID");
    int place = 1;
    for (Waiting request : requests) {
      table.row(
          Integer.toString(place++),
          request.deployment(),
          action(request),
          state(request),
          Ages.since(request.submittedAt(), now),
          request.origin(),
          request.owner(),
          request.id() == null ? request.name() : request.id().value());
    }
    if (table.isEmpty()) {
      screen.print("nothing waits");
    } else {
      table.print(screen);
    }
    if (more > 0) {
      screen.print("and " + more + " more in the inboxes");
    }
  }

  private static String action(Waiting request) {
    if (request.action() == null) {
      return "?";
    }
    String to = request.version() == null ? "" : " " + request.version();
    return request.action().wireName() + to;
  }

  private static String seconds(@Nullable Instant time) {
    return time == null ? "?" : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String state(Waiting request) {
    return switch (request.state()) {
      case HELD -> "held until " + seconds(request.notBefore());
      case INBOX -> "in its inbox";
      default -> request.state().wireName();
    };
  }
}
