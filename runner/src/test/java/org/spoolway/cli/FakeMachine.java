package org.spoolway.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Accounts;
import org.spoolway.host.Database;
import org.spoolway.host.FakeCommands;
import org.spoolway.host.FakeServices;
import org.spoolway.host.FakeSources;
import org.spoolway.host.HealthProbe;
import org.spoolway.hostfile.HostConfiguration;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.migration.SqlClient;
import org.spoolway.migration.TrialDatabase;
import org.spoolway.outbox.FakeMailSystem;
import org.spoolway.outbox.FakePost;
import org.spoolway.outbox.Notices;
import org.spoolway.schema.Status;
import org.spoolway.step.Site;
import org.spoolway.supervision.Handover;
import org.spoolway.supervision.Rest;
import org.spoolway.supervision.Supervisor;
import org.spoolway.worker.JournalWrapper;
import org.spoolway.worker.Worker;

/** A machine whose outside only pretends; its disk and its workers are real. */
final class FakeMachine implements Machine {

  private final Rest rest = new Rest();

  static final String USER = "ada";

  final FakeSources sources;
  final FakeCommands commands;
  final FakeServices services;
  final Map<String, String> environment = new HashMap<>();
  final AtomicReference<Runnable> termination = new AtomicReference<>();
  Database database = Database.none();
  HealthProbe probe = (version, interruption) -> new HealthProbe.Answer(true, "200 " + version);
  JournalWrapper journals = JournalWrapper.NONE;
  Clock clock = Clock.systemUTC();
  Accounts accounts;
  Supervisor supervisor = Supervisor.NONE;
  HostConfiguration configuration = HostConfiguration.none();
  boolean terminal;
  Optional<String> password = Optional.empty();

  private final Path workingDirectory;
  private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);

  FakeMachine(Path workingDirectory) throws IOException {
    this(workingDirectory, new FakeSources(), new FakeCommands(), new FakeServices());
  }

  private FakeMachine(
      Path workingDirectory, FakeSources sources, FakeCommands commands, FakeServices services)
      throws IOException {
    this.workingDirectory = workingDirectory;
    this.sources = sources;
    this.commands = commands;
    this.services = services;
    this.accounts = new OneUser((int) Files.getAttribute(workingDirectory, "unix:uid"));
  }

  /** Another process on the same host. */
  FakeMachine beside() throws IOException {
    FakeMachine other = new FakeMachine(workingDirectory, sources, commands, services);
    other.environment.putAll(environment);
    other.database = database;
    other.probe = probe;
    other.clock = clock;
    other.configuration = configuration;
    return other;
  }

  /** Runs a command and tells what it printed. */
  Ran run(String... args) {
    outBytes.reset();
    errBytes.reset();
    int code = Spoolway.execute(args, this);
    return new Ran(code, outText(), errText());
  }

  /** What came of a command. */
  record Ran(int code, String out, String err) {}

  /** All files belong to the user that runs this, whoever that is; all are in the group staff. */
  record OneUser(int ownUid) implements Accounts {
    @Override
    public String userName(int uid) {
      return uid == ownUid ? USER : "user-" + uid;
    }

    @Override
    public boolean isMember(int uid, String group) {
      return group.equals("staff");
    }

    @Override
    public Optional<String> primaryGroup(String user) {
      return user.equals(USER) ? Optional.of(Integer.toString(ownUid)) : Optional.empty();
    }
  }

  String outText() {
    return outBytes.toString(StandardCharsets.UTF_8);
  }

  String errText() {
    return errBytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  @Override
  public PrintStream out() {
    return out;
  }

  @Override
  public PrintStream err() {
    return err;
  }

  @Override
  public boolean isTerminal() {
    return terminal;
  }

  @Override
  public Optional<char[]> password(String question) {
    return password.map(String::toCharArray);
  }

  @Override
  public Rest rest() {
    return rest;
  }

  @Override
  public Accounts accounts() {
    return accounts;
  }

  @Override
  public Site site(Deployment deployment, SpoolLayout layout) {
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
            configuration,
            directory -> Long.MAX_VALUE,
            accounts(),
            Handover.none(),
            rest());
    return new Site(
        deployment, layout.spool(deployment.name()), layout.state(deployment.name()), ports, clock);
  }

  @Override
  public Worker worker(Site site, SpoolDir spool, Status.Runner self, Worker.Mode mode)
      throws IOException {
    Notices.Ports people =
        new Notices.Ports(site.ports().commands(), new FakePost(), new FakeMailSystem());
    Notices notices = new Notices(site.deployment(), site.state(), people, clock());
    return new Worker(site, spool, accounts, self, mode, journals, notices);
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public Supervisor supervisor() {
    return supervisor;
  }

  @Override
  public Path workingDirectory() {
    return workingDirectory;
  }

  @Override
  public Termination onTermination(Runnable ending) {
    termination.set(ending);
    return () -> termination.set(null);
  }
}
