package org.spoolway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.Machine;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Accounts;
import org.spoolway.host.Commands;
import org.spoolway.host.Database;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Services;
import org.spoolway.host.Sources;
import org.spoolway.host.archive.ArchiveSource;
import org.spoolway.host.archive.Web;
import org.spoolway.host.command.CommandDatabase;
import org.spoolway.host.command.CommandSettings;
import org.spoolway.host.directory.DirectorySource;
import org.spoolway.host.git.GitSource;
import org.spoolway.host.http.FreePort;
import org.spoolway.host.http.HttpHealthProbe;
import org.spoolway.host.http.WebClient;
import org.spoolway.host.http.WebSettings;
import org.spoolway.host.http.WebhookClient;
import org.spoolway.host.postgres.ClientPrograms;
import org.spoolway.host.postgres.PostgresDatabase;
import org.spoolway.host.postgres.PostgresTrial;
import org.spoolway.host.postgres.PsqlMigrations;
import org.spoolway.host.process.AccountPrograms;
import org.spoolway.host.process.HostAccounts;
import org.spoolway.host.process.ProcessCommands;
import org.spoolway.host.process.ProcessService;
import org.spoolway.host.process.Sendmail;
import org.spoolway.host.process.ServiceNotifications;
import org.spoolway.host.process.ServiceSettings;
import org.spoolway.host.process.StatInodes;
import org.spoolway.host.process.UserJvm;
import org.spoolway.host.sqlite.DelegatedDatabase;
import org.spoolway.host.sqlite.Delegation;
import org.spoolway.host.sqlite.SqliteDatabase;
import org.spoolway.host.sqlite.SqliteMigrations;
import org.spoolway.host.sqlite.SqliteTrial;
import org.spoolway.host.systemd.SystemdConfiguration;
import org.spoolway.host.systemd.SystemdServices;
import org.spoolway.host.systemd.UnitCommands;
import org.spoolway.host.systemd.UnitSettings;
import org.spoolway.hostfile.HostConfiguration;
import org.spoolway.layout.HostDir;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.layout.StateDir;
import org.spoolway.migration.SqlClient;
import org.spoolway.migration.SqlFiles;
import org.spoolway.migration.TrialDatabase;
import org.spoolway.outbox.Notices;
import org.spoolway.schema.Status;
import org.spoolway.source.Place;
import org.spoolway.source.Source;
import org.spoolway.step.Site;
import org.spoolway.supervision.Handover;
import org.spoolway.supervision.Rest;
import org.spoolway.supervision.Supervisor;
import org.spoolway.worker.JournalWrapper;
import org.spoolway.worker.Worker;

/** The real process and host: the only place that constructs adapters. */
public final class Wiring implements Machine {

  /** Also one that says all the time that it works; no database takes so long. */
  private static final Duration DELEGATE_TIMEOUT = Duration.ofHours(6);

  private static final Duration SOURCE_TIMEOUT = Duration.ofSeconds(60);

  /**
   * What standard output is, as the kernel tells; since JDK 22 the console is there without a
   * terminal too.
   */
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  /** What {@code sd_booted(3)} looks at. */
  private static final Path SYSTEMD = Path.of("/run/systemd/system");

  private final Clock clock = Clock.systemUTC();
  private final JournalWrapper journals;
  private final Rest rest = new Rest();
  private @Nullable Accounts accounts;

  /** The product as it is. */
  public Wiring() {
    this(JournalWrapper.NONE);
  }

  /** The product with something between the engine and its journals, for tests that die there. */
  public Wiring(JournalWrapper journals) {
    this.journals = journals;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }

  @Override
  public PrintStream out() {
    return System.out;
  }

  @Override
  public PrintStream err() {
    return System.err;
  }

  @Override
  public boolean isTerminal() {
    try {
      String out = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
      return out.startsWith("/dev/pts/") || out.startsWith("/dev/tty");
    } catch (IOException notLinux) {
      return false;
    }
  }

  @Override
  public Optional<char[]> password(String question) {
    return Optional.ofNullable(System.console())
        .flatMap(console -> Optional.ofNullable(console.readPassword("%s", question)));
  }

  @Override
  public synchronized Accounts accounts() {
    if (accounts == null) {
      accounts = new HostAccounts();
    }
    return accounts;
  }

  @Override
  public Site site(Deployment deployment, SpoolLayout layout) {
    StateDir state = layout.state(deployment.name());
    Commands commands = commands(layout);
    Database database = database(deployment, state, commands);
    Optional<OwnWiring> own = OwnWiring.of(deployment, state, pid());
    Site.Ports ports =
        new Site.Ports(
            sources(deployment, state, commands),
            commands,
            own.<Services>map(OwnWiring::service).orElseGet(() -> services(deployment, state)),
            database,
            sql(deployment),
            trial(deployment, state, database),
            FreePort::find,
            own.<HealthProbe>map(OwnWiring::probe).orElseGet(() -> probe(deployment.health())),
            configuration(layout, state),
            new StatInodes(),
            accounts(),
            own.<Handover>map(OwnWiring::handover).orElse(Handover.none()),
            rest);
    return new Site(deployment, layout.spool(deployment.name()), state, ports, clock);
  }

  private Sources sources(Deployment deployment, StateDir state, Commands commands) {
    Source source = deployment.source();
    if (source.place() instanceof Place.Directory directory) {
      DirectorySource.Host host =
          new DirectorySource.Host(
              SpoolLayout.application(deployment.root()), commands, accounts());
      return new DirectorySource(directory, source.trust(), state, host);
    }
    if (source.place() instanceof Place.Archives archives) {
      WebSettings settings =
          new WebSettings(
              state.documents(),
              archives.mostBytes(),
              archives.limit(),
              SOURCE_TIMEOUT,
              archives.proxy(),
              token(archives.forge()));
      Web web = new WebClient(settings, clock);
      return source.trustRoot() == null
          ? ArchiveSource.ofFiles(archives, source.trust(), state, web)
          : ArchiveSource.ofChannel(archives, source.trustRoot(), state, web, clock);
    }
    return new GitSource(source.url(), state, SOURCE_TIMEOUT, clock);
  }

  private static WebSettings.@Nullable Token token(Place.@Nullable Forge forge) {
    return forge == null || forge.tokenFile() == null
        ? null
        : new WebSettings.Token(forge.api(), forge.tokenFile());
  }

  /** The host is configured by the host's own runner, and not by one that works for one user. */
  private static HostConfiguration configuration(SpoolLayout layout, StateDir state) {
    return layout.equals(SpoolLayout.system())
        ? new SystemdConfiguration(new ProcessCommands(), state, HostDir.system())
        : HostConfiguration.none();
  }

  /** A user's own runner may ask for no units, and one in a container of its own has no systemd. */
  private Commands commands(SpoolLayout layout) {
    Commands direct = new ProcessCommands();
    boolean privileged = accounts().ownUid() == 0 && layout.equals(SpoolLayout.system());
    if (!privileged || !Files.isDirectory(SYSTEMD)) {
      return direct;
    }
    List<Path> hidden = List.of(layout.states(), layout.spools(), layout.deployments());
    return new UnitCommands(direct, accounts(), hidden, System.getenv());
  }

  private Services services(Deployment deployment, StateDir state) {
    Deployment.Service service = deployment.service();
    return switch (service.type()) {
      case NONE -> Services.none();
      case RUNNER -> throw new IllegalStateException("its adapters are OwnWiring's");
      case PROCESS -> process(deployment, state);
      case SYSTEMD ->
          new SystemdServices(
              new ProcessCommands(),
              new UnitSettings(
                  deployment.name(),
                  service.units(),
                  service.startTimeout(),
                  service.stopTimeout(),
                  state,
                  HostDir.system().hold(deployment.name())));
    };
  }

  private Services process(Deployment deployment, StateDir state) {
    Deployment.Service service = deployment.service();
    ServiceSettings settings =
        new ServiceSettings(
            deployment.name(),
            service.run(),
            service.env(),
            service.stopTimeout(),
            address(deployment.health().url()),
            SpoolLayout.application(deployment.root()),
            state);
    return service.handover()
        ? ProcessService.handingOver(settings, clock)
        : new ProcessService(settings, clock);
  }

  private static @Nullable InetSocketAddress address(@Nullable URI url) {
    if (url == null) {
      return null;
    }
    int standard = "https".equals(url.getScheme()) ? 443 : 80;
    return new InetSocketAddress(url.getHost(), url.getPort() < 0 ? standard : url.getPort());
  }

  /** Root works in no directory that the application's user can write. */
  private Database database(Deployment deployment, StateDir state, Commands commands) {
    Path path = deployment.database().path();
    Database.PostgreSql server = deployment.database().server();
    if (server != null) {
      return new PostgresDatabase(
          deployment.name(), server, new AccountPrograms(server.user(), state.path().toString()));
    }
    Database.CopyCommands copying = deployment.database().commands();
    if (copying != null) {
      return new CommandDatabase(
          new CommandSettings(
              deployment.name(),
              copying,
              SpoolLayout.application(deployment.root()),
              state,
              environment("PATH").orElse("")),
          commands,
          accounts());
    }
    if (path == null) {
      return Database.none();
    }
    String user = deployment.migrate().user();
    if (user == null || accounts().ownUid() != 0) {
      return new SqliteDatabase(path, clock);
    }
    UserJvm theirs = new UserJvm(user, state.path().toString(), DELEGATE_TIMEOUT);
    return new DelegatedDatabase(path, () -> link(theirs.start(DatabaseDelegate.class)));
  }

  /** What a process does that was started to work where root does not. */
  static void answerAsDelegate(InputStream questions, OutputStream answers) throws IOException {
    SqliteDatabase.serve(questions, answers, Clock.systemUTC());
  }

  /** What applies the SQL that releases bring, as the one who migrates. */
  private static SqlClient sql(Deployment deployment) {
    SqlFiles files = deployment.migrate().sql();
    Path path = deployment.database().path();
    Database.PostgreSql server = deployment.database().server();
    if (files != null && server != null) {
      return new PsqlMigrations(server, files);
    }
    return files != null && path != null
        ? new SqliteMigrations(path, UserJvm.line(MigrationDelegate.class))
        : SqlClient.none();
  }

  /** What makes copies of the data for a release to be tried on. */
  private static TrialDatabase trial(Deployment deployment, StateDir state, Database database) {
    Path path = deployment.database().path();
    Database.PostgreSql server = deployment.database().server();
    if (server != null) {
      ClientPrograms programs = new AccountPrograms(server.user(), state.path().toString());
      return new PostgresTrial(deployment.name(), server, programs, deployment.migrate().sql());
    }
    return path == null
        ? TrialDatabase.none()
        : new SqliteTrial(path, database, UserJvm.line(MigrationDelegate.class));
  }

  /** What a process does that was started to apply SQL. */
  static boolean migrate(List<String> arguments, PrintStream out) {
    return SqliteMigrations.carryOut(arguments, out);
  }

  private static Delegation.Link link(Process process) {
    return new Delegation.Link(
        process.getInputStream(), process.getOutputStream(), process::destroyForcibly);
  }

  private static HealthProbe probe(Deployment.Health health) {
    return health.url() == null
        ? HealthProbe.none()
        : new HttpHealthProbe(health.url(), health.version());
  }

  @Override
  public Worker worker(Site site, SpoolDir spool, Status.Runner self, Worker.Mode mode)
      throws IOException {
    if (site.deployment().health().url() != null) {
      warmUp();
    }
    Notices.Ports people =
        new Notices.Ports(new ProcessCommands(), new WebhookClient(), new Sendmail());
    Notices notices = new Notices(site.deployment(), site.state(), people, clock);
    return new Worker(site, spool, accounts(), self, mode, journals, notices);
  }

  /**
   * The first probe loads the HTTP client, which takes longer than a cutover may; so it goes
   * nowhere, before any job needs it.
   */
  private static void warmUp() {
    Thread thread = new Thread(HttpHealthProbe::warmUp, "warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public Supervisor supervisor() {
    return ServiceNotifications.of(this::environment, pid());
  }

  @Override
  public Rest rest() {
    return rest;
  }

  @Override
  public Path workingDirectory() {
    return Path.of("").toAbsolutePath();
  }

  @Override
  public Termination onTermination(Runnable ending) {
    return ExitHook.install(ending);
  }
}
