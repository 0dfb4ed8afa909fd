package org.spoolway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.ServiceType;
import org.spoolway.host.Commands.Network;
import org.spoolway.layout.HostDir;
import org.spoolway.schedule.Updates;
import org.spoolway.source.Source;
import org.spoolway.wording.Quoted;
import tools.jackson.databind.JsonNode;

/** The meaning of a deployment file's tables, and what holds for the keys that are left out. */
final class DeploymentReader {

  static final String COMMAND = "a command as a list of words such as [\"./serve\"]";
  static final String COMMANDS =
      "a list of commands, each a list of words, such as [[\"make\", \"all\"]]";

  /** Root runs the release as it was signed: nobody builds on it, and it has no data. */
  private static final String[] NOT_OF_THE_RUNNER = {
    "build", "shared", "database", "migrate", "rehearse", "deploy", "install"
  };

  private static final String PATHS = "a list of paths below shared/ such as [\"media\"]";

  private final TomlTable top;
  private final DeploymentFile.Runner runner;

  DeploymentReader(TomlTable top, DeploymentFile.Runner runner) {
    this.top = top;
    this.runner = runner;
  }

  /**
   * Reads everything.
   *
   * @param name what the deployment must be called
   * @return to be used only when nothing wrong was found: otherwise it has stand-ins
   */
  Deployment read(String name) {
    top.require("name", "root", "source");
    Path root = root();
    Source source = new SourceReader(top.table("source"), name, mustNameUsers()).read();
    Updates updates = new UpdatesReader(top.table("updates")).read();
    Deployment.Service service = service(top.table("service"));
    Deployment.Health health = health(top.table("health"));
    requireOwn(service, root, health);
    requireToldApart(service, health);
    Deployment.Data data = new DatabaseReader(top.table("database"), mustNameUsers()).read(root);
    return new Deployment(
        name(name),
        root,
        source,
        updates,
        build(top.table("build")),
        shared(top.table("shared")),
        data,
        new MigrateReader(top.table("migrate"), data.type(), mustNameUsers())
            .read(new RehearsalReader(top.table("rehearse"), service, health, data.type())),
        service,
        health,
        keep(top.table("keep")),
        NotificationReader.notification(top.table("notify")),
        NotificationReader.metrics(top.table("metrics")),
        new OriginsReader(top.table("origins")).read(updates),
        duration(top, "settle", "2s", time -> true),
        floor(top.table("floor")),
        HostReader.host(top.table("host")),
        HostReader.deploy(top.table("deploy")),
        install(top.table("install")));
  }

  /** What makes the first data runs as whoever changes them later. */
  private Deployment.Install install(TomlTable table) {
    Deployment.Install install = HostReader.install(table);
    if (!install.run().isEmpty() && mustNameUsers() && !top.table("migrate").has("user")) {
      table.wrong("run", table.path("run") + " needs `migrate.user`, the account that it runs as");
    }
    return install;
  }

  private String name(String expected) {
    String form = "1 to 41 lower-case letters, digits and dashes that begin with no dash";
    String name = top.text("name", form, Forms::isName, expected);
    if (!name.equals(expected)) {
      top.wrong(
          "name",
          top.path("name")
              + (" must be " + Quoted.of(expected) + " as the file is called, not ")
              + Quoted.of(name));
    }
    return name;
  }

  private Path root() {
    Path root = top.value("root", "an absolute path such as \"/opt/notes\"", text(Forms::root));
    return root == null ? Path.of("/") : root;
  }

  private Deployment.Build build(TomlTable table) {
    List<List<String>> run = table.list("run", COMMANDS, TomlValues::command);
    Network network =
        table.value(
            "network",
            "true or false",
            value -> value.isBoolean() ? Optional.of(network(value)) : Optional.empty());
    return new Deployment.Build(
        run,
        user(table, mustNameUsers(), run),
        timeout(table, "timeout", "15m"),
        network == null ? Network.HOST : network,
        size(table, "memory", "2 GiB", bytes -> bytes > 0),
        table.number("tasks", 1, 512));
  }

  private static boolean isTrue(TomlTable table, String name) {
    Boolean value =
        table.value(
            name,
            "true or false",
            json -> json.isBoolean() ? Optional.of(json.booleanValue()) : Optional.empty());
    return Boolean.TRUE.equals(value);
  }

  private static Network network(JsonNode value) {
    return value.booleanValue() ? Network.HOST : Network.NONE;
  }

  private static Deployment.Shared shared(TomlTable table) {
    List<String> link = table.list("link", PATHS, text(Forms::below));
    for (String inner : link) {
      for (String outer : link) {
        if (!inner.equals(outer) && Path.of(inner).startsWith(outer)) {
          table.wrong(
              "link",
              (table.path("link") + " has " + Quoted.of(inner))
                  + (", which lies in " + Quoted.of(outer)));
        }
      }
    }
    if (Set.copyOf(link).size() < link.size()) {
      table.wrong("link", table.path("link") + " names a path twice");
    }
    return new Deployment.Shared(link, table.list("create", PATHS, text(Forms::below)));
  }

  private static Deployment.Service service(TomlTable table) {
    table.require("type");
    ServiceType type =
        table.oneOf(
            "type",
            Words.of(
                ServiceType.PROCESS, ServiceType.SYSTEMD, ServiceType.RUNNER, ServiceType.NONE),
            Set.of("command"),
            ServiceType.NONE);
    if (type == ServiceType.PROCESS) {
      table.require("run");
    } else if (type == ServiceType.SYSTEMD) {
      table.require("units");
    }
    List<String> run = table.value("run", COMMAND, TomlValues::command);
    Map<String, String> env = table.strings("env", Forms::isVariable, "PORT");
    List<String> units = HostReader.units(table);
    boolean isOwn = type == ServiceType.RUNNER;
    refuseUnless(type != ServiceType.SYSTEMD && !isOwn, table, "service", "run", "env");
    refuseUnless(!isOwn, table, "service", "stopTimeout");
    refuseUnless(type == ServiceType.PROCESS, table, "service", "handover");
    refuseUnless(type == ServiceType.SYSTEMD, table, "service", "units", "startTimeout");
    return new Deployment.Service(
        type,
        run == null ? List.of() : run,
        env,
        isTrue(table, "handover"),
        units,
        timeout(table, "startTimeout", "2m"),
        timeout(table, "stopTimeout", type == ServiceType.SYSTEMD ? "2m" : "10s"));
  }

  /** What means nothing for this type was meant for another. */
  static void refuseUnless(boolean fits, TomlTable table, String what, String... names) {
    for (String name : names) {
      if (!fits && table.has(name)) {
        table.wrong(name, table.path(name) + " is for another `type` of " + what);
      }
    }
  }

  /** What is this very program lies where the package looks for it, and is asked by nobody. */
  private void requireOwn(Deployment.Service service, Path root, Deployment.Health health) {
    if (service.type() != ServiceType.RUNNER) {
      return;
    }
    if (!root.equals(HostDir.SPOOLWAY)) {
      top.wrong("root", top.path("root") + " must be \"" + HostDir.SPOOLWAY + "\" for the runner");
    }
    refuseUnless(health.url() == null, top.table("health"), "service", "url");
    refuseUnless(false, top, "service", NOT_OF_THE_RUNNER);
  }

  /** While two of them run, either may answer. */
  private void requireToldApart(Deployment.Service service, Deployment.Health health) {
    if (service.handover() && health.version() == null) {
      TomlTable table = top.table("service");
      table.wrong(
          "handover",
          table.path("handover")
              + " needs `health.version`, by which the new process is told from the old one");
    }
  }

  private static Deployment.Health health(TomlTable table) {
    if (table.has("version")) {
      table.require("url");
    }
    URI url =
        table.value("url", "a URL such as \"http://127.0.0.1:8080/health\"", text(Forms::httpUrl));
    String version = table.text("version", "a JSON pointer such as \"/version\"", Forms::isPointer);
    Duration bake = table.value("bake", "a duration such as \"5m\"", text(Durations::parse));
    return new Deployment.Health(
        url, version, timeout(table, "timeout", "60s"), bake == null ? Duration.ZERO : bake);
  }

  private static Deployment.Keep keep(TomlTable table) {
    return new Deployment.Keep(
        table.number("releases", 2, 3),
        table.number("snapshots", 1, 5),
        table.number("days", 0, 30),
        table.number("requests", 0, 1000),
        size(table, "bytes", "1 GiB", bytes -> true));
  }

  private static Deployment.Floor floor(TomlTable table) {
    return new Deployment.Floor(
        size(table, "bytes", "16 MiB", bytes -> true), table.number("inodes", 0, 1000));
  }

  /** The one who runs some commands, who must be named where the runner could be anybody. */
  static @Nullable String user(TomlTable table, boolean mustBeNamed, List<?>... commands) {
    return user(table, mustBeNamed, "builds and migrates", commands);
  }

  /**
   * The same for something else.
   *
   * @param does what the runner does with the commands
   */
  static @Nullable String user(
      TomlTable table, boolean mustBeNamed, String does, List<?>... commands) {
    boolean runs = Arrays.stream(commands).anyMatch(list -> !list.isEmpty());
    if (runs && mustBeNamed && !table.has("user")) {
      table.wrong(
          "user",
          table.path("user")
              + (" is missing; a privileged runner " + does + " only as a user that is named"));
    }
    return account(table);
  }

  static @Nullable String account(TomlTable table) {
    return table.text("user", "the name or number of an account", Forms::isAccount);
  }

  private boolean mustNameUsers() {
    return switch (runner) {
      case OWN_USER -> false;
      case PRIVILEGED_AT_HOME -> top.has("origins");
      case PRIVILEGED_ON_HOST -> true;
    };
  }

  static Duration timeout(TomlTable table, String name, String otherwise) {
    return duration(table, name, otherwise, time -> !time.isZero());
  }

  private static Duration duration(
      TomlTable table, String name, String otherwise, Predicate<Duration> allowed) {
    Duration duration =
        table.value(
            name,
            "a duration such as " + Quoted.of(otherwise),
            text(text -> Durations.parse(text).filter(allowed)));
    return duration == null ? Durations.parse(otherwise).orElseThrow() : duration;
  }

  static long size(TomlTable table, String name, String otherwise, Predicate<Long> allowed) {
    Long size =
        table.value(
            name,
            "a size such as " + Quoted.of(otherwise),
            text(text -> Sizes.parse(text).filter(allowed)));
    return size == null ? Sizes.parse(otherwise).orElseThrow() : size;
  }

  static <T> Function<JsonNode, Optional<T>> text(Function<String, Optional<T>> meaning) {
    return value -> TomlValues.text(value).flatMap(meaning);
  }
}
