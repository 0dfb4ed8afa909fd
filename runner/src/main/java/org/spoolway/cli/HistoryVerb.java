package org.spoolway.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.text.Ages;
import org.spoolway.cli.text.Screen;
import org.spoolway.cli.text.Table;
import org.spoolway.deployment.History;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history}. */
@Command(
    name = "history",
    description = "Show the jobs that changed a deployment or tried to, newest first.")
final class HistoryVerb extends FactVerb {

  private static final int NAME_WIDTH = 32;

  @Parameters(
      arity = "0..1",
      paramLabel = "DEPLOYMENT",
      description = "Show this one only (default: all).")
  private @Nullable String deployment;

  @Option(
      names = {"-n", "--last"},
      paramLabel = "COUNT",
      description = "Show no more than the last so many.")
  private int last = Integer.MAX_VALUE;

  /** An entry and whose it is. */
  private record Told(String deployment, @JsonUnwrapped History.Entry job) {}

  @Override
  ExitCode execute() throws IOException, ProblemException {
    List<Told> all = new ArrayList<>();
    for (String name : deployments().orAll(deployment)) {
      entries(name).forEach(entry -> all.add(new Told(name, entry)));
    }
    Comparator<Told> oldestFirst =
        Comparator.<Told, Instant>comparing(told -> told.job().finishedAt())
            .thenComparing(told -> told.job().sequence());
    all.sort(oldestFirst.reversed());
    List<Told> shown = all.subList(0, Math.min(last, all.size()));
    if (form() == Form.JSON) {
      printJson(shown);
    } else {
      print(shown, machine().clock().instant());
    }
    return ExitCode.OK;
  }

  private List<History.Entry> entries(String name) throws IOException {
    StateDir state = deployments().layout().state(name);
    if (Files.exists(state.path()) && !Files.isReadable(state.path())) {
      throw new AccessDeniedException(state.history().toString());
    }
    return new History(state.history()).entries();
  }

  private void print(List<Told> shown, Instant now) {
    Screen screen = screen();
    Table table =
        new Table("DEPLOYMENT", "ACTION", "FROM", "TO", "OUTCOME", "AGO", "DOWN", "BY", "ID");
    for (Told told : shown) {
      History.Entry job = told.job();
      table.row(
          told.deployment(),
          job.action().wireName(),
          text(job.from()),
          text(job.to()),
          Outcomes.words(job.state()),
          Ages.since(job.finishedAt(), now),
          Ages.ofMillis(job.downtimeMillis()),
          job.origin() + (job.requestedBy() == null ? "" : " (" + brief(job.requestedBy()) + ")"),
          job.id().value());
    }
    if (table.isEmpty()) {
      screen.print("nothing has happened yet");
    } else {
      table.print(screen);
    }
  }

  /** A writer chooses this text; it is not to push the other columns away. */
  private static String brief(String name) {
    return name.codePointCount(0, name.length()) <= NAME_WIDTH
        ? name
        : name.substring(0, name.offsetByCodePoints(0, NAME_WIDTH - 1)) + "…";
  }

  private static String text(@Nullable Version version) {
    return version == null ? "-" : version.text();
  }
}
