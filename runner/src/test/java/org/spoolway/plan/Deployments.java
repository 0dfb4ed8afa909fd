package org.spoolway.plan;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spoolway.deployment.Deployment;
import org.spoolway.schema.Action;

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
        new Deployment.Source("file:///notes.git", Deployment.Channel.STABLE, null, List.of()),
        new Deployment.Build(List.of(List.of("build")), null, minute),
        new Deployment.Shared(List.of(".env", "media"), List.of("media")),
        new Deployment.Data(Deployment.DataType.SQLITE, root.resolve("shared/notes.db")),
        new Deployment.Migrate(List.of("pending"), List.of(List.of("migrate")), null, minute),
        new Deployment.Service(Deployment.ServiceType.PROCESS, List.of("serve"), Map.of(), minute),
        new Deployment.Health(
            URI.create("http://127.0.0.1:1/health"), "/version", Duration.ofMillis(40)),
        new Deployment.Keep(2, 2, 0, 1000, 1L << 30),
        new Deployment.Notification(List.of(List.of("notify")), minute),
        origins,
        Duration.ofSeconds(2),
        new Deployment.Floor(0, 0));
  }

  /** Neither data, nor a service, nor anything to ask for health. */
  static Deployment plain(Deployment d) {
    Duration minute = Duration.ofMinutes(1);
    return new Deployment(
        d.name(),
        d.root(),
        d.source(),
        d.build(),
        d.shared(),
        new Deployment.Data(Deployment.DataType.NONE, null),
        new Deployment.Migrate(List.of(), List.of(), null, minute),
        new Deployment.Service(Deployment.ServiceType.NONE, List.of(), Map.of(), minute),
        new Deployment.Health(null, null, minute),
        d.keep(),
        new Deployment.Notification(List.of(), minute),
        d.origins(),
        d.settle(),
        d.floor());
  }

  /** The same with other figures for what is kept. */
  public static Deployment keeping(Deployment d, Deployment.Keep keep) {
    return new Deployment(
        d.name(),
        d.root(),
        d.source(),
        d.build(),
        d.shared(),
        d.database(),
        d.migrate(),
        d.service(),
        d.health(),
        keep,
        d.notification(),
        d.origins(),
        d.settle(),
        d.floor());
  }

  /** The same with other limits at its border. */
  public static Deployment bordered(Deployment d, int maxQueued, Deployment.Floor floor) {
    Map<String, Deployment.Origin> origins = new LinkedHashMap<>();
    d.origins()
        .forEach(
            (name, o) ->
                origins.put(
                    name, new Deployment.Origin(o.owners(), o.actions(), o.group(), maxQueued)));
    return new Deployment(
        d.name(),
        d.root(),
        d.source(),
        d.build(),
        d.shared(),
        d.database(),
        d.migrate(),
        d.service(),
        d.health(),
        d.keep(),
        d.notification(),
        origins,
        d.settle(),
        floor);
  }

  /** The same in another place. */
  static Deployment at(Path root, Deployment d) {
    return new Deployment(
        d.name(),
        root,
        d.source(),
        d.build(),
        d.shared(),
        d.database(),
        d.migrate(),
        d.service(),
        d.health(),
        d.keep(),
        d.notification(),
        d.origins(),
        d.settle(),
        d.floor());
  }

  /** The same, but its file names no command that tells whether a migration is pending. */
  static Deployment withoutPending(Deployment d) {
    Deployment.Migrate migrate = d.migrate();
    return new Deployment(
        d.name(),
        d.root(),
        d.source(),
        d.build(),
        d.shared(),
        d.database(),
        new Deployment.Migrate(List.of(), migrate.run(), migrate.user(), migrate.timeout()),
        d.service(),
        d.health(),
        d.keep(),
        d.notification(),
        d.origins(),
        d.settle(),
        d.floor());
  }

  /** The same, with other names that outlive releases. */
  static Deployment sharing(Deployment d, Deployment.Shared shared) {
    return new Deployment(
        d.name(),
        d.root(),
        d.source(),
        d.build(),
        shared,
        d.database(),
        d.migrate(),
        d.service(),
        d.health(),
        d.keep(),
        d.notification(),
        d.origins(),
        d.settle(),
        d.floor());
  }
}
