package org.spoolway.plan;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Commands;
import org.spoolway.migration.Rehearsal;
import org.spoolway.migration.SqlFiles;
import org.spoolway.schedule.Updates;
import org.spoolway.schema.Action;
import org.spoolway.source.Channel;
import org.spoolway.source.Place;
import org.spoolway.source.Source;
import org.spoolway.trust.TrustedKey;
import org.spoolway.trust.TrustedKeys;

/** Deployment files for tests. */
public final class Deployments {

  private Deployments() {}

  /** Everything that a file can name, with commands that the outside only pretends to run. */
  public static Deployment notes(Path root) {
    Duration minute = Duration.ofMinutes(1);
    Map<String, Deployment.Origin> origins =
        Map.of(
            "operator",
            new Deployment.Origin(List.of(), EnumSet.allOf(Action.class), null, 20),
            "web",
            new Deployment.Origin(List.of(), EnumSet.of(Action.UPDATE), null, 20));
    return new Deployment(
        "notes",
        root,
        new Source(
            new Place.Repository("file:///notes.git"),
            Channel.STABLE,
            null,
            TrustedKeys.NONE,
            null),
        Updates.NONE,
        new Deployment.Build(
            List.of(List.of("build")), null, minute, Commands.Network.HOST, 2L << 30, 512),
        new Deployment.Shared(List.of(".env", "media"), List.of("media")),
        Deployment.Data.sqlite(root.resolve("shared/notes.db")),
        new Deployment.Migrate(
            List.of("pending"),
            List.of(List.of("migrate")),
            List.of(),
            null,
            minute,
            null,
            Rehearsal.NONE),
        new Deployment.Service(
            Deployment.ServiceType.PROCESS, List.of("serve"), Map.of(), List.of(), minute, minute),
        new Deployment.Health(
            URI.create("http://127.0.0.1:1/health"),
            "/version",
            Duration.ofMillis(40),
            Duration.ZERO),
        new Deployment.Keep(2, 2, 0, 1000, 1L << 30),
        notification(List.of(List.of("notify"))),
        new Deployment.Metrics(null),
        origins,
        Duration.ofSeconds(2),
        new Deployment.Floor(0, 0),
        new Deployment.Host(List.of(), null),
        new Deployment.Deploy(null, Deployment.Proxy.NONE, Map.of()),
        new Deployment.Install(List.of(), null, ".env"));
  }

  /** Commands that tell people of what they are usually told of. */
  public static Deployment.Notification notification(List<List<String>> run) {
    return new Deployment.Notification(
        Deployment.Event.USUAL, run, null, Duration.ofMinutes(1), null, null);
  }

  /** The same with other channels. */
  public static Deployment telling(Deployment d, Deployment.Notification notification) {
    return new Copy(d).with(notification).made();
  }

  /** The same with figures for Prometheus. */
  public static Deployment metered(Deployment d, Path textfile) {
    return new Copy(d).with(new Deployment.Metrics(textfile)).made();
  }

  /** Neither data, nor a service, nor anything to ask for health. */
  static Deployment plain(Deployment d) {
    Duration minute = Duration.ofMinutes(1);
    return new Copy(d)
        .with(Deployment.Data.NONE)
        .with(
            new Deployment.Migrate(
                List.of(), List.of(), List.of(), null, minute, null, Rehearsal.NONE))
        .with(
            new Deployment.Service(
                Deployment.ServiceType.NONE, List.of(), Map.of(), List.of(), minute, minute))
        .with(new Deployment.Health(null, null, minute, Duration.ZERO))
        .with(notification(List.of()))
        .made();
  }

  /** The same, but nothing is installed that none of these keys has signed. */
  public static Deployment trusting(Deployment d, TrustedKey... keys) {
    Source s = d.source();
    TrustedKeys trust = new TrustedKeys(List.of(keys));
    return new Copy(d).with(new Source(s.place(), s.channel(), s.pin(), trust, null)).made();
  }

  /** The same, but its updates are watched for so long while users are served. */
  public static Deployment baking(Deployment d, Duration bake) {
    Deployment.Health h = d.health();
    return new Copy(d).with(new Deployment.Health(h.url(), h.version(), h.timeout(), bake)).made();
  }

  /** The same with other figures for what is kept. */
  public static Deployment keeping(Deployment d, Deployment.Keep keep) {
    return new Copy(d).with(keep).made();
  }

  /** The same with other limits at its border. */
  public static Deployment bordered(Deployment d, int maxQueued, Deployment.Floor floor) {
    Map<String, Deployment.Origin> origins = new LinkedHashMap<>();
    d.origins()
        .forEach(
            (name, o) ->
                origins.put(
                    name, new Deployment.Origin(o.owners(), o.actions(), o.group(), maxQueued)));
    return new Copy(d).with(floor).withOrigins(origins).made();
  }

  /** The same with units of its own and a snippet for the proxy, on a host. */
  public static Deployment onAHost(Deployment d, String... units) {
    Duration minute = Duration.ofMinutes(1);
    return new Copy(d)
        .with(
            new Deployment.Service(
                Deployment.ServiceType.SYSTEMD,
                List.of(),
                Map.of(),
                List.of(units),
                minute,
                minute))
        .with(new Deployment.Host(List.of(), "notes"))
        .with(
            new Deployment.Deploy(
                "deploy", Deployment.Proxy.CADDY, Map.of("DOMAIN", "notes.example.org")))
        .made();
  }

  /** The same with what it needs of a host, and what is done once with it. */
  public static Deployment needing(Deployment d, Deployment.Host host, Deployment.Install install) {
    return new Copy(d).with(host).with(install).made();
  }

  /** The same, where this user may ask for everything. */
  static Deployment operatedBy(Deployment d, String user) {
    Map<String, Deployment.Origin> origins = new LinkedHashMap<>(d.origins());
    origins.put(
        "operator", new Deployment.Origin(List.of(user), EnumSet.allOf(Action.class), null, 20));
    return new Copy(d).withOrigins(origins).made();
  }

  /** The same in another place. */
  static Deployment at(Path root, Deployment d) {
    return new Copy(d).withRoot(root).made();
  }

  /** The same, but its file names no command that tells whether a migration is pending. */
  static Deployment withoutPending(Deployment d) {
    Deployment.Migrate m = d.migrate();
    return new Copy(d)
        .with(
            new Deployment.Migrate(
                List.of(), m.run(), m.contract(), m.user(), m.timeout(), null, m.rehearsal()))
        .made();
  }

  /** The same, but its file names nothing that migrates. */
  static Deployment withoutMigrations(Deployment d) {
    Deployment.Migrate m = d.migrate();
    return new Copy(d)
        .with(
            new Deployment.Migrate(
                List.of(), List.of(), List.of(), m.user(), m.timeout(), null, m.rehearsal()))
        .made();
  }

  /** The same, with a command that follows the gate of a release whose migrations only add. */
  static Deployment contracting(Deployment d) {
    Deployment.Migrate m = d.migrate();
    List<List<String>> contract = List.of(List.of("contract"));
    return new Copy(d)
        .with(
            new Deployment.Migrate(
                m.pending(), m.run(), contract, m.user(), m.timeout(), null, m.rehearsal()))
        .made();
  }

  /** The same, with units of which one is a socket that systemd holds. */
  static Deployment behindASocket(Deployment d) {
    Deployment.Service s = d.service();
    return new Copy(d)
        .with(
            new Deployment.Service(
                s.type(),
                s.run(),
                s.env(),
                List.of("notes.socket", "notes.service"),
                s.startTimeout(),
                s.stopTimeout()))
        .made();
  }

  /** The same, but what serves is the runner itself. */
  static Deployment ofTheRunner(Deployment d) {
    Deployment.Service s = d.service();
    return new Copy(d)
        .with(
            new Deployment.Service(
                Deployment.ServiceType.RUNNER,
                List.of(),
                Map.of(),
                List.of(),
                s.startTimeout(),
                s.stopTimeout()))
        .made();
  }

  /** The same, but its releases bring SQL. */
  static Deployment withSql(Deployment d, SqlFiles sql) {
    Deployment.Migrate m = d.migrate();
    return new Copy(d)
        .with(
            new Deployment.Migrate(
                List.of(), List.of(), m.contract(), m.user(), m.timeout(), sql, m.rehearsal()))
        .made();
  }

  /** The same, tried on a copy of the data first. */
  static Deployment rehearsing(Deployment d, Rehearsal rehearsal) {
    Deployment.Migrate m = d.migrate();
    return new Copy(d)
        .with(
            new Deployment.Migrate(
                m.pending(), m.run(), m.contract(), m.user(), m.timeout(), m.sql(), rehearsal))
        .made();
  }

  /** The same, with other names that outlive releases. */
  public static Deployment sharing(Deployment d, Deployment.Shared shared) {
    return new Copy(d).with(shared).made();
  }

  /** The same, where the runner asks for checks and updates by itself. */
  public static Deployment updating(Deployment d, Updates updates) {
    Map<String, Deployment.Origin> origins = new LinkedHashMap<>(d.origins());
    origins.put(
        Deployment.AUTO,
        new Deployment.Origin(List.of(), EnumSet.of(Action.CHECK, Action.UPDATE), null, 20));
    return new Copy(d).with(updates).withOrigins(origins).made();
  }

  /** A deployment but for some of its parts. */
  private static final class Copy {
    private final Deployment d;
    private final Map<Class<?>, Object> parts = new HashMap<>();
    private Path root;
    private Map<String, Deployment.Origin> origins;

    Copy(Deployment d) {
      this.d = d;
      this.root = d.root();
      this.origins = d.origins();
    }

    Copy with(Record part) {
      parts.put(part.getClass(), part);
      return this;
    }

    Copy withRoot(Path other) {
      root = other;
      return this;
    }

    Copy withOrigins(Map<String, Deployment.Origin> others) {
      origins = others;
      return this;
    }

    private <T> T part(T original) {
      @SuppressWarnings("unchecked") // kept under its own class
      T other = (T) parts.getOrDefault(original.getClass(), original);
      return other;
    }

    Deployment made() {
      return new Deployment(
          d.name(),
          root,
          part(d.source()),
          part(d.updates()),
          part(d.build()),
          part(d.shared()),
          part(d.database()),
          part(d.migrate()),
          part(d.service()),
          part(d.health()),
          part(d.keep()),
          part(d.notification()),
          part(d.metrics()),
          origins,
          d.settle(),
          part(d.floor()),
          part(d.host()),
          part(d.deploy()),
          part(d.install()));
    }
  }
}
