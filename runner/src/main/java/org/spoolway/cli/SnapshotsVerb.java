package org.spoolway.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.text.Ages;
import org.spoolway.cli.text.Screen;
import org.spoolway.cli.text.Sizes;
import org.spoolway.cli.text.Table;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Snapshots;
import org.spoolway.deployment.Snapshots.Snapshot;
import org.spoolway.host.Database;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code snapshots}. */
@Command(
    name = "snapshots",
    description = "Show the copies of the data that can be restored, newest first.")
final class SnapshotsVerb extends FactVerb {

  @Parameters(
      arity = "0..1",
      paramLabel = "DEPLOYMENT",
      description = "Show those of this one only (default: of all).")
  private @Nullable String deployment;

  /** A snapshot and whose it is. */
  private record Kept(String deployment, @JsonUnwrapped Snapshot snapshot) {}

  @Override
  ExitCode execute() throws IOException, ProblemException {
    List<Kept> kept = new ArrayList<>();
    List<ProblemException> wrong = new ArrayList<>();
    for (Deployment one : deployments().readAll(deployment, wrong::add)) {
      Snapshots snapshots = new Snapshots(SpoolLayout.application(one.root()), Database.none());
      snapshots.all().forEach(snapshot -> kept.add(new Kept(one.name(), snapshot)));
    }
    if (form() == Form.JSON) {
      printJson(kept);
    } else {
      print(kept, machine().clock().instant());
    }
    return tell(wrong);
  }

  private void print(List<Kept> kept, Instant now) {
    Screen screen = screen();
    Table table = new Table("DEPLOYMENT", "SNAPSHOT", "RELEASE", "TAKEN", "SIZE", "FOR");
    for (Kept one : kept) {
      Snapshot snapshot = one.snapshot();
      table.row(
          one.deployment(),
          snapshot.name(),
          snapshot.version() == null ? "-" : snapshot.version().text(),
          Ages.since(snapshot.createdAt(), now) + " ago",
          Sizes.of(snapshot.bytes()),
          snapshot.reason());
    }
    if (table.isEmpty()) {
      screen.print("there is no snapshot yet");
    } else {
      table.print(screen);
    }
  }
}
