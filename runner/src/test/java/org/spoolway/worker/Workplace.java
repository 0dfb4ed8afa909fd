package org.spoolway.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.spoolway.deployment.CurrentLink;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Accounts;
import org.spoolway.host.Commands;
import org.spoolway.host.FakeAccounts;
import org.spoolway.host.FakeCommands;
import org.spoolway.host.FakeDatabase;
import org.spoolway.host.FakeServices;
import org.spoolway.host.FakeSources;
import org.spoolway.host.HealthProbe;
import org.spoolway.hostfile.HostConfiguration;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.layout.StateDir;
import org.spoolway.migration.SqlClient;
import org.spoolway.migration.TrialDatabase;
import org.spoolway.outbox.FakeMailSystem;
import org.spoolway.outbox.FakePost;
import org.spoolway.outbox.Notices;
import org.spoolway.plan.Deployments;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;
import org.spoolway.spool.JobQueue;
import org.spoolway.spool.ResultStore;
import org.spoolway.spool.SpoolDirectories;
import org.spoolway.step.Site;
import org.spoolway.supervision.Handover;
import org.spoolway.supervision.Rest;
import org.spoolway.worker.Worker.Mode;
import org.spoolway.worker.Worker.Watch;

/**
 * A deployment whose outside only pretends; its disk and its workers are real. Each worker is a
 * life of a runner.
 */
final class Workplace {

  static final Status.Runner SELF = new Status.Runner(4711, Instant.EPOCH, "0.1.0", null);

  Deployment deployment;
  final SpoolDir spool;
  final StateDir state;
  final FakeSources sources = new FakeSources();
  final FakeCommands commands = new FakeCommands();
  final FakeServices services = new FakeServices();
  final FakeDatabase database = FakeDatabase.inMemory();
  HealthProbe probe = (version, i) -> new HealthProbe.Answer(true, "200 " + version);
  final FakePost post = new FakePost();
  final FakeMailSystem mail = new FakeMailSystem();
  JournalWrapper journals = JournalWrapper.NONE;
  Clock clock = Clock.systemUTC();
  private final Accounts accounts;

  Workplace(Path directory) throws IOException {
    deployment = Deployments.notes(directory.resolve("notes"));
    spool = new SpoolDir(directory.resolve("spool"));
    state = new StateDir(directory.resolve("state"));
    accounts = FakeAccounts.ownerOf(directory);
    try {
      SpoolDirectories.prepare(deployment, spool, state, accounts);
    } catch (ProblemException e) {
      throw new IOException(e);
    }
    Files.createDirectories(directory.resolve("notes/shared"));
    Files.writeString(directory.resolve("notes/shared/.env"), "SECRET=1");
    commands.on("pending", new Commands.Exit.Status(10));
  }

  /** 1.0.0 serves, with data; 1.1.0 is on offer too. */
  Workplace installed() throws IOException {
    offer("1.0.0");
    touch("update.first");
    drain();
    database.write("notes of users");
    offer("1.1.0");
    return this;
  }

  void offer(String version) {
    sources.publish(version, Map.of("bin/serve", "serve " + version, "media/.gitkeep", ""), "");
  }

  Worker worker(Mode mode) throws IOException {
    Site site = site();
    return new Worker(site, spool, accounts, SELF, mode, journals, notices());
  }

  /** What tells of this deployment, of a runner of its own. */
  StatusBoard board() throws IOException {
    JobQueue queue = new JobQueue(List.copyOf(deployment.origins().keySet()));
    return new StatusBoard(site(), spool, queue, TellerThread.make(), SELF, notices(), null);
  }

  private Notices notices() throws IOException {
    return new Notices(deployment, state, new Notices.Ports(commands, post, mail), clock);
  }

  Site site() {
    Site.Ports ports =
        new Site.Ports(
            sources,
            commands,
            services,
            database,
            SqlClient.none(),
            TrialDatabase.none(),
            () -> 0,
            probe,
            HostConfiguration.none(),
            directory -> Long.MAX_VALUE,
            accounts,
            Handover.none(),
            new Rest());
    return new Site(deployment, spool, state, ports, clock);
  }

  /** One life, until nothing is left. */
  void drain() throws IOException {
    worker(Mode.DRAIN).run(Watch.OFF);
  }

  /** A life that goes on until it is closed. */
  final class Serving implements AutoCloseable {
    private final Worker worker = worker(Mode.SERVE);
    private final CompletableFuture<Void> life =
        CompletableFuture.runAsync(
            () -> {
              try {
                worker.run(Watch.AUTO);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    Serving() throws IOException {}

    @Override
    public void close() {
      worker.stop();
      life.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
    }
  }

  Serving serve() throws IOException {
    return new Serving();
  }

  static void eventually(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
  }

  void touch(String name) throws IOException {
    drop(name, "");
  }

  void drop(String name, String content) throws IOException {
    Path written =
        Files.write(
            spool.inbox("operator").resolve(".writing-" + name),
            content.getBytes(StandardCharsets.UTF_8));
    Files.move(written, spool.inbox("operator").resolve(name));
  }

  Result result(String id) throws IOException {
    return new ResultStore(spool)
        .find("operator", new RequestId(id))
        .orElseThrow(() -> new AssertionError("nothing was told of " + id));
  }

  Optional<Version> live() throws IOException {
    return new CurrentLink(SpoolLayout.application(deployment.root())).version();
  }

  Status status() throws IOException {
    try {
      return SchemaJson.read(Files.readAllBytes(spool.status()), Status.class);
    } catch (SchemaJson.Malformed e) {
      throw new AssertionError(e);
    }
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
