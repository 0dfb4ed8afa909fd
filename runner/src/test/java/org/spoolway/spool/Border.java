package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Accounts;
import org.spoolway.host.FakeAccounts;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.plan.Deployments;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.upkeep.Budget;

/** A spool on a real disk. Each life of a runner gets an intake and a queue of its own. */
final class Border {

  /** Later than any file of a test, so that arrival is the file's own time. */
  static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");

  /** What must be left for the operator, and twice that for others. */
  static final int INODES = 100;

  static final String CHECK = "{\"action\": \"check\"}";

  final Deployment deployment;
  final SpoolDir spool;
  final StateDir state;
  final Accounts accounts;
  final ResultStore results;
  ToLongFunction<Path> inodes = any -> Long.MAX_VALUE;
  JobQueue queue;
  Budget budget;
  Intake intake;

  Border(Path directory) throws Exception {
    this(directory, 20);
  }

  Border(Path directory, int maxQueued) throws Exception {
    Files.createDirectories(directory);
    deployment =
        Deployments.bordered(
            Deployments.notes(directory.resolve("notes")),
            maxQueued,
            new Deployment.Floor(0, INODES));
    spool = new SpoolDir(directory.resolve("spool"));
    state = new StateDir(directory.resolve("state"));
    accounts = FakeAccounts.ownerOf(directory);
    SpoolDirectories.prepare(deployment, spool, state, accounts);
    results = new ResultStore(spool);
    budget = new Budget(deployment);
    restart();
  }

  /** Forgets all that is not on disk. */
  void restart() {
    queue = new JobQueue(List.copyOf(deployment.origins().keySet()));
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    intake =
        new Intake(
            deployment,
            spool,
            state,
            new Intake.Outside(accounts, inodes, clock, budget),
            queue,
            queue::offer);
  }

  Path touch(String name) throws IOException {
    return drop("operator", name, "");
  }

  Path drop(String name, String content) throws IOException {
    return drop("operator", name, content);
  }

  Path drop(String origin, String name, String content) throws IOException {
    Path written = Files.writeString(spool.inbox(origin).resolve(".writing"), content);
    return Files.move(written, spool.inbox(origin).resolve(name));
  }

  /** Scans until no origin has more to come than may be claimed. */
  Intake.Scan scanAll() throws IOException {
    Intake.Scan scan = intake.scan();
    while (!scan.complete()) {
      scan = intake.scan();
    }
    return scan;
  }

  /** The ids of all that is due, in the order in which it is taken; none is left. */
  List<String> take() {
    List<String> ids = new ArrayList<>();
    for (var job = queue.take(NOW); job.isPresent(); job = queue.take(NOW)) {
      ids.add(job.get().accepted().id().value());
    }
    return ids;
  }

  Result result(String id) throws IOException {
    return results.find("operator", new RequestId(id)).orElseThrow();
  }

  static List<String> names(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    names.sort(null);
    return names;
  }
}
