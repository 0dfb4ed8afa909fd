package org.spoolway.step;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.CurrentLink;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.History;
import org.spoolway.deployment.ReleaseStore;
import org.spoolway.deployment.Snapshots;
import org.spoolway.deployment.VersionChoice;
import org.spoolway.engine.Facts;
import org.spoolway.host.Accounts;
import org.spoolway.host.Commands;
import org.spoolway.host.Database;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Services;
import org.spoolway.host.Sources;
import org.spoolway.hostfile.HostConfiguration;
import org.spoolway.journal.Evidence;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.layout.StateDir;
import org.spoolway.migration.SqlClient;
import org.spoolway.migration.TrialDatabase;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schedule.Level;
import org.spoolway.schema.Action;
import org.spoolway.source.Ring;
import org.spoolway.source.Source;
import org.spoolway.supervision.Handover;
import org.spoolway.supervision.Rest;

/**
 * One deployment on this host: what its file says, where it lies, and the ports through which it is
 * changed.
 *
 * @param deployment its file
 * @param spool its queue directories
 * @param state the runner's own state of it
 * @param ports the ways to the outside
 * @param clock the wall clock: it dates things, and tells when an update may be asked for unasked
 */
public record Site(
    Deployment deployment, SpoolDir spool, StateDir state, Ports ports, Clock clock) {

  private static final Logger LOG = LoggerFactory.getLogger(Site.class);

  private static final int ROOT = 0;

  /**
   * The ways to the outside.
   *
   * @param sql words the commands that apply the SQL of releases
   * @param trial makes copies of the data for rehearsals
   * @param freePort finds a port of the loopback that nobody listens on
   * @param freeInodes how many files can still be made on the file system of a directory
   * @param accounts the host's users and groups
   * @param handover the way to the next runner, where the deployment is the runner itself
   * @param rest where the other workers of this process are asked to rest
   */
  public record Ports(
      Sources sources,
      Commands commands,
      Services services,
      Database database,
      SqlClient sql,
      TrialDatabase trial,
      IntSupplier freePort,
      HealthProbe probe,
      HostConfiguration configuration,
      ToLongFunction<Path> freeInodes,
      Accounts accounts,
      Handover handover,
      Rest rest) {}

  /** The application's directories. */
  public ApplicationDir application() {
    return SpoolLayout.application(deployment.root());
  }

  /** Its root, or what is nearest above it while that is not there yet. */
  public Path rootOrAbove() {
    Path existing = deployment.root();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  /** Its releases. */
  public ReleaseStore releases() {
    return new ReleaseStore(application());
  }

  /** Its live release. */
  public CurrentLink current() {
    return new CurrentLink(application());
  }

  /** The copies of its data. */
  public Snapshots snapshots() {
    return new Snapshots(application(), ports.database());
  }

  /** What ran here. */
  public History history() {
    return new History(state.history());
  }

  /** The rules for choosing a version, as things stand. */
  public VersionChoice versionRules() throws IOException {
    Source source = deployment.source();
    return new VersionChoice(
        source.channel(),
        source.pin(),
        current().version(),
        history().highestThatRan(),
        history().goneBackFrom(),
        Ring.thisHost(),
        Level.ALL,
        deployment.updates().holdsAt(clock.instant()));
  }

  /**
   * Refuses a root with other files in it, such as an application that runs from a checkout: its
   * data would be left behind, and everything in a root is Spoolway's to delete.
   *
   * @throws ProblemException {@code ROOT_OCCUPIED}
   */
  public void requireOwnRoot() throws ProblemException, IOException {
    Path root = application().root();
    if (!Files.isDirectory(root)) {
      return;
    }
    Set<Path> there = new TreeSet<>();
    try (Stream<Path> paths = Files.list(root)) {
      paths.forEach(there::add);
    }
    boolean isOurs =
        there.contains(application().current())
            || (!there.contains(root.resolve(".git"))
                && (there.contains(application().releases())
                    || there.contains(application().shared())));
    there.remove(root.resolve("lost+found"));
    there.remove(application().candidate());
    if (!isOurs && !there.isEmpty()) {
      throw new ProblemException(
          Problem.ROOT_OCCUPIED,
          "cannot make releases in "
              + root
              + ": it holds other files, such as "
              + there.iterator().next().getFileName());
    }
  }

  /** What holds before a job; what cannot be told is left to its steps to say. */
  public Evidence known() {
    try {
      return Evidence.none().with(Evidence.FROM, current().version().orElse(null));
    } catch (IOException e) {
      LOG.warn("cannot tell which release is live: {}", e.toString());
      return Evidence.none();
    }
  }

  /** By which the processes of this deployment's jobs are found again, also by a later runner. */
  public String mark() {
    return state.path().toString();
  }

  /** Whom releases are handed to while they are built; empty where everything is one user's. */
  Optional<String> builder() {
    return Optional.ofNullable(deployment.build().user()).filter(user -> mayGiveAway());
  }

  /** Whom the data belong to: the one who migrates them; empty where everything is one user's. */
  Optional<String> dataOwner() {
    return Optional.ofNullable(deployment.migrate().user()).filter(user -> mayGiveAway());
  }

  /** The application's group, which reads releases; null where everything is one user's. */
  public @Nullable GroupPrincipal readers() throws IOException {
    Optional<String> group =
        deployment
            .applicationUser()
            .filter(user -> mayGiveAway())
            .flatMap(ports.accounts()::primaryGroup);
    return group.isEmpty()
        ? null
        : FileSystems.getDefault()
            .getUserPrincipalLookupService()
            .lookupPrincipalByGroupName(group.get());
  }

  private boolean mayGiveAway() {
    return ports.accounts().ownUid() == ROOT;
  }

  /** Whether there is anything to start and stop. */
  boolean hasService() {
    return deployment.service().type() != Deployment.ServiceType.NONE;
  }

  /** Whether the deployment is the runner itself, which nobody uses as users do. */
  boolean isRunner() {
    return deployment.service().type() == Deployment.ServiceType.RUNNER;
  }

  /** Whether one process takes the place of another without a moment in which none serves. */
  boolean servesThroughout() {
    return keepsSocket() || deployment.service().handover();
  }

  /** Whether systemd holds a socket, where connections wait while a process is replaced. */
  boolean keepsSocket() {
    return deployment.service().units().stream().anyMatch(unit -> unit.endsWith(".socket"));
  }

  /** Whether something of it must lie outside of its root, whatever its releases ship. */
  public boolean needsHostFiles() {
    return !deployment.service().units().isEmpty()
        || deployment.deploy().proxy() != Deployment.Proxy.NONE;
  }

  /** Whether something of it may lie outside of its root, where others read it. */
  boolean hasHostFiles() {
    return deployment.service().type() == Deployment.ServiceType.SYSTEMD
        || deployment.deploy().from() != null;
  }

  /**
   * Whether nobody may write until the data have changed: assumed of an update whose release nobody
   * has asked yet, unless the deployment's file names nothing that could change them.
   */
  boolean closesData(Facts facts) {
    return facts.closesData() && !neverMigrates(facts);
  }

  /** Whether it is certain, before its release is asked, that an update changes no data. */
  boolean neverMigrates(Facts facts) {
    Deployment.Migrate migrate = deployment.migrate();
    return facts.request().action() == Action.UPDATE
        && facts.fact(Evidence.PENDING).isEmpty()
        && migrate.run().isEmpty()
        && migrate.sql() == null;
  }

  /** Whether there are data to copy. */
  boolean hasDatabase() {
    return deployment.database().type() != Deployment.DataType.NONE;
  }
}
