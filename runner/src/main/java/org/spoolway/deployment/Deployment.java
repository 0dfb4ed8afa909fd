package org.spoolway.deployment;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Commands.Network;
import org.spoolway.host.Database;
import org.spoolway.host.Database.CopyCommands;
import org.spoolway.migration.Rehearsal;
import org.spoolway.migration.SqlFiles;
import org.spoolway.schedule.Updates;
import org.spoolway.schema.Action;
import org.spoolway.source.Source;

/**
 * One application on this host, as its deployment file describes it; defaults are filled in.
 * Nothing in here can be changed by a request.
 *
 * @param name the deployment's name, {@code [a-z0-9][a-z0-9-]{0,40}}
 * @param root the application's directory, absolute
 * @param source where releases come from
 * @param updates what is gone to without being asked for, and what is held back
 * @param build how a fetched tree becomes a release
 * @param shared what outlives releases
 * @param database where the data are
 * @param migrate how the data follow the code
 * @param service what serves
 * @param health the proof of health
 * @param keep what pruning leaves
 * @param notification how people learn of outcomes
 * @param metrics the figures for Prometheus
 * @param origins who may ask, by origin
 * @param settle how long an unfinished file may stay unchanged before it is called malformed
 * @param floor how much room must be left for a request to be taken in
 * @param host what the application needs of the host
 * @param deploy what of a release goes outside of it, to where systemd and the proxy look
 * @param install what is done once, with the first release
 */
public record Deployment(
    String name,
    Path root,
    Source source,
    Updates updates,
    Build build,
    Shared shared,
    Data database,
    Migrate migrate,
    Service service,
    Health health,
    Keep keep,
    Notification notification,
    Metrics metrics,
    Map<String, Origin> origins,
    Duration settle,
    Floor floor,
    Host host,
    Deploy deploy,
    Install install) {

  /** Whoever runs the runner, when the file lists no origins. */
  public static final String OPERATOR = "operator";

  /** The runner itself, where it asks for anything. */
  public static final String AUTO = "auto";

  /** Whom the application runs as: the one that is named, or else the one who migrates. */
  public Optional<String> applicationUser() {
    return Optional.ofNullable(host.user() == null ? migrate.user() : host.user());
  }

  /** All users and groups that the file names, root too; one that is named twice is there twice. */
  public List<NamedAccount> accounts() {
    return NamedAccounts.of(this);
  }

  /** Whether an origin is the runner itself. */
  public boolean isOwn(String origin) {
    return updates.areAskedFor() && origin.equals(AUTO);
  }

  /** An origin that the file lists, or the runner's own. */
  public Origin origin(String name) {
    return Objects.requireNonNull(origins.get(name), name);
  }

  /**
   * {@code [build]}.
   *
   * @param run commands in order, each an argument list; empty when there is nothing to build
   * @param user whom they run as, or null for the runner's own user
   * @param timeout for each command
   * @param network what they reach over the network
   * @param memory bytes that each may use, with all that it starts
   * @param tasks processes and threads that each may have at a time
   */
  public record Build(
      List<List<String>> run,
      @Nullable String user,
      Duration timeout,
      Network network,
      long memory,
      int tasks) {}

  /**
   * {@code [shared]}.
   *
   * @param link names in a release that lead to the same names below {@code shared/}
   * @param create those that are made as empty directories when they are missing
   */
  public record Shared(List<String> link, List<String> create) {}

  /**
   * {@code [database]}.
   *
   * @param type what it is
   * @param path the SQLite file, absolute; null for other types
   * @param server where PostgreSQL has it; null for other types
   * @param commands what copies it; null for other types
   */
  public record Data(
      DataType type,
      @Nullable Path path,
      Database.@Nullable PostgreSql server,
      @Nullable CopyCommands commands) {

    /** No database. */
    public static final Data NONE = new Data(DataType.NONE, null, null, null);

    /** The SQLite file at an absolute path. */
    public static Data sqlite(Path path) {
      return new Data(DataType.SQLITE, path, null, null);
    }

    /** A database of a PostgreSQL server. */
    public static Data postgresql(Database.PostgreSql server) {
      return new Data(DataType.POSTGRESQL, null, server, null);
    }
  }

  /** What the database is. */
  public enum DataType {
    /** Nothing to snapshot. */
    NONE,
    /** One SQLite file. */
    SQLITE,
    /** One database of a PostgreSQL server. */
    POSTGRESQL,
    /** What commands can copy and put back. */
    COMMAND
  }

  /**
   * {@code [migrate]}.
   *
   * @param pending a command that exits 0 when nothing is pending, 10 when something is; empty:
   *     assume pending
   * @param run commands in order; empty when the application has no migrations
   * @param contract commands in order that follow the gate of a release whose migrations only add
   * @param user whom they run as, or null for the runner's own user
   * @param timeout for each command
   * @param sql which files of a release are applied in place of {@code run}; null for none
   * @param rehearsal whether it is tried on a copy before
   */
  public record Migrate(
      List<String> pending,
      List<List<String>> run,
      List<List<String>> contract,
      @Nullable String user,
      Duration timeout,
      @Nullable SqlFiles sql,
      Rehearsal rehearsal) {}

  /**
   * {@code [service]}.
   *
   * @param type what kind it is
   * @param run the start command of a process; empty for other types
   * @param env its environment, on top of the runner's
   * @param handover whether the next process starts beside the one that serves
   * @param units the systemd units that serve, in the order of their start; empty for other types
   * @param startTimeout how long systemd may take to start the units
   * @param stopTimeout how long a process may take to end after SIGTERM, or systemd to stop units
   */
  public record Service(
      ServiceType type,
      List<String> run,
      Map<String, String> env,
      boolean handover,
      List<String> units,
      Duration startTimeout,
      Duration stopTimeout) {

    /** One that is stopped before the next one starts. */
    public Service(
        ServiceType type,
        List<String> run,
        Map<String, String> env,
        List<String> units,
        Duration startTimeout,
        Duration stopTimeout) {
      this(type, run, env, false, units, startTimeout, stopTimeout);
    }
  }

  /** What kind of service it is. */
  public enum ServiceType {
    /** Nothing to start. */
    NONE,
    /** A process that the runner starts and keeps running. */
    PROCESS,
    /** Units of this host's systemd, which keeps them running. */
    SYSTEMD,
    /** The runner itself, which hands over to the next one. */
    RUNNER
  }

  /**
   * {@code [health]}.
   *
   * @param url what to ask, or null when there is no gate but the service's being alive
   * @param version JSON pointer into the answer that must equal the release's version, or null
   * @param timeout how long the release may take to answer well
   * @param bake how long an update is watched while users are served; zero for not at all
   */
  public record Health(
      @Nullable URI url, @Nullable String version, Duration timeout, Duration bake) {}

  /**
   * {@code [keep]}: how much of the past stays. Pruning removes releases and snapshots; results,
   * logs and what was refused go by themselves.
   *
   * @param releases how many of the newest releases, at least 2
   * @param snapshots how many of the newest snapshots, at least 1
   * @param days snapshots, results, logs and refused entries younger than this many days
   * @param requests of how many of an origin's newest requests the results, the logs and what was
   *     refused
   * @param bytes how much of the disk an origin's results may have, its logs as much, and what was
   *     refused of it as much, whatever the others ask for; the oldest go first
   */
  public record Keep(int releases, int snapshots, int days, int requests, long bytes) {}

  /**
   * {@code [floor]}: with less than this left, nothing is taken from an inbox.
   *
   * @param bytes free bytes of each file system that requests are kept on
   * @param inodes files that can still be made there
   */
  public record Floor(long bytes, int inodes) {}

  /**
   * {@code [host]}.
   *
   * @param packages Debian packages that the application needs
   * @param user whom the application runs as, or null for the one who migrates
   */
  public record Host(List<String> packages, @Nullable String user) {}

  /**
   * {@code [deploy]}.
   *
   * @param from where its files are, in the release or an absolute path; null when there are none
   * @param proxy which proxy the snippet is for
   * @param values what stands for {@code @NAME@} in these files, besides what Spoolway knows
   */
  public record Deploy(@Nullable String from, Proxy proxy, Map<String, String> values) {}

  /** Which proxy stands before the application. */
  public enum Proxy {
    /** None that is told. */
    NONE,
    /** Caddy. */
    CADDY,
    /** nginx. */
    NGINX
  }

  /**
   * {@code [install]}.
   *
   * @param run commands in order that make what the first release needs, run once as the one who
   *     migrates; empty for none
   * @param environment the template of the environment file, or null for none
   * @param environmentFile where that file lies below {@code shared/}
   */
  public record Install(
      List<List<String>> run, @Nullable String environment, String environmentFile) {}

  /**
   * {@code [notify]}.
   *
   * @param on of what people learn
   * @param run commands in order, told of the outcome in their environment; empty for none
   * @param user whom they run as, or null for the runner's own user
   * @param timeout for each command
   * @param webhook where messages are posted, or null
   * @param mail who is written to, or null
   */
  public record Notification(
      Set<Event> on,
      List<List<String>> run,
      @Nullable String user,
      Duration timeout,
      @Nullable Webhook webhook,
      @Nullable Mail mail) {

    /** Whether nobody is told of anything. */
    public boolean isSilent() {
      return run.isEmpty() && webhook == null && mail == null;
    }
  }

  /** What people can be told of: how a job ended, or that there is a newer release. */
  public enum Event {
    /** A job that leads to another release or other data, or restarts, has done so. */
    SUCCEEDED,
    /** There was nothing to do. */
    UNCHANGED,
    /** A dry run is over. */
    PLANNED,
    /** It failed after users could notice. */
    ROLLED_BACK,
    /** It failed before users could notice. */
    FAILED,
    /** It was taken back. */
    CANCELLED,
    /** Its time was over before its turn came. */
    EXPIRED,
    /** An undo failed. */
    NEEDS_INTERVENTION,
    /** An undo that had failed is complete now. */
    REPAIRED,
    /** A check found a newer release, of which nobody was told before. */
    AVAILABLE;

    /** What people are told of where the file does not say. */
    public static final Set<Event> USUAL =
        Set.of(SUCCEEDED, ROLLED_BACK, FAILED, NEEDS_INTERVENTION, REPAIRED, AVAILABLE);
  }

  /**
   * Where messages are posted.
   *
   * @param url {@code https}, or {@code http} to this host itself
   * @param secretFile holds the secret that signs them, or null when they are not signed
   */
  public record Webhook(URI url, @Nullable Path secretFile) {}

  /**
   * Mail through this host's own mail system.
   *
   * @param to who is written to, at least one
   * @param from who writes, or null for the mail system's own choice
   * @param sendmail the program that takes it
   */
  public record Mail(List<String> to, @Nullable String from, Path sendmail) {}

  /**
   * {@code [metrics]}.
   *
   * @param textfile the file for node_exporter, absolute, or null for none
   */
  public record Metrics(@Nullable Path textfile) {}

  /**
   * {@code [origins.NAME]}.
   *
   * @param owners users, numbers, and groups as {@code @name}, who may own files in the inbox;
   *     empty: only the runner's own user
   * @param actions what may be asked
   * @param group the inbox's group, or null for the first owner's primary group
   * @param maxQueued how many of its requests are taken in at once; the rest wait in the inbox
   */
  public record Origin(
      List<String> owners, Set<Action> actions, @Nullable String group, int maxQueued) {

    /** What is taken in at once where nothing else is said. */
    public static final int DEFAULT_MAX_QUEUED = 1000;

    /** Whether it may ask for everything, as those do who look after the host. */
    public boolean mayEverything() {
      return actions.containsAll(Set.of(Action.values()));
    }
  }
}
