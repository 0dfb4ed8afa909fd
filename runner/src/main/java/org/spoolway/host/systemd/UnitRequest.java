package org.spoolway.host.systemd;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Confinement;
import org.spoolway.host.Commands.Limits;
import org.spoolway.host.Commands.Network;

/** What is asked of {@code systemd-run} for one command. Pure but for the name of the start. */
final class UnitRequest {

  /** What a unit inherits of the runner's environment; the rest is the runner's own affair. */
  static final Set<String> INHERITED =
      Set.of(
          "PATH",
          "LANG",
          "LANGUAGE",
          "LC_ALL",
          "LC_CTYPE",
          "TZ",
          "http_proxy",
          "https_proxy",
          "ftp_proxy",
          "all_proxy",
          "no_proxy",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "FTP_PROXY",
          "ALL_PROXY",
          "NO_PROXY",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR");

  /** What makes a tree be found again by its mark. */
  private static final String MARK = "SPOOLWAY_STATE_DIRECTORY";

  private static final Path CACHES = Path.of("/var/cache");

  /** What every confined command is denied. */
  private static final List<String> DENIED =
      List.of(
          "NoNewPrivileges=yes",
          "CapabilityBoundingSet=",
          "AmbientCapabilities=",
          "ProtectSystem=strict",
          "PrivateTmp=yes",
          "PrivateDevices=yes",
          "ProtectKernelTunables=yes",
          "ProtectKernelModules=yes",
          "ProtectKernelLogs=yes",
          "ProtectControlGroups=yes",
          "ProtectClock=yes",
          "ProtectHostname=yes",
          "RestrictSUIDSGID=yes",
          "RestrictRealtime=yes",
          "RestrictNamespaces=yes",
          "LockPersonality=yes",
          "KeyringMode=private",
          "UMask=0022");

  /** A command is ended by the runner; only one whose runner has died ends by its unit's time. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Command command;
  private final Confinement confinement;
  private final List<Path> hidden;
  private final Set<String> present;
  private final String description;

  /**
   * The request for one start.
   *
   * @param hidden what no command of any deployment can look at
   * @param present the names in the runner's environment
   */
  UnitRequest(Command command, Confinement confinement, List<Path> hidden, Set<String> present) {
    this.command = command;
    this.confinement = confinement;
    this.hidden = hidden;
    this.present = present;
    this.description = "Command of a Spoolway deployment, start " + UUID.randomUUID();
  }

  /** The unit of a deployment's commands; a dot is in no deployment's name. */
  static String unit(String mark) {
    String name = String.valueOf(Path.of(mark).getFileName()).replaceAll("[^A-Za-z0-9_-]", "_");
    return "spoolway-" + name + ".command.service";
  }

  /** By which this start is told from an earlier one that nobody has asked about. */
  String description() {
    return description;
  }

  /** The same command through {@code systemd-run}, with the same time to run. */
  Command command() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("systemd-run", "--pipe", "--wait", "--quiet"));
    arguments.add("--unit=" + unit(command.mark()));
    arguments.add("--description=" + description);
    arguments.add("--service-type=oneshot");
    arguments.add("--working-directory=" + command.directory());
    if (command.user() != null) {
      arguments.add("--uid=" + command.user());
    }
    properties().forEach(property -> arguments.add("--property=" + property));
    variables().forEach(name -> arguments.add("--setenv=" + name));
    // It is found as seen from within, and what cannot be run has the usual exit status.
    arguments.addAll(List.of("--", "setpriv", "--nnp", "--"));
    command.arguments().stream().map(UnitRequest::literal).forEach(arguments::add);
    return new Command(
        arguments, Path.of("/"), environment(), command.mark(), command.timeout(), null);
  }

  private List<String> properties() {
    List<String> properties = new ArrayList<>(DENIED);
    properties.add("TimeoutStartSec=" + command.timeout().plus(GRACE).toMillis() + "ms");
    properties.add("TimeoutStopSec=2s");
    properties.add("KillMode=control-group");
    properties.add("ProtectHome=" + (isInAHome() ? "read-only" : "yes"));
    properties.add("ReadWritePaths=" + paths(confinement.writable()));
    properties.add("InaccessiblePaths=" + paths(hidden) + " " + paths(confinement.hidden()));
    if (confinement.cache() != null) {
      properties.add("CacheDirectory=" + confinement.cache());
      properties.add("CacheDirectoryMode=0700");
    }
    if (confinement.network() == Network.NONE) {
      properties.add("PrivateNetwork=yes");
    }
    Limits limits = confinement.limits();
    if (limits != null) {
      properties.add("MemoryMax=" + limits.memory());
      properties.add("TasksMax=" + limits.tasks());
      properties.add("CPUWeight=" + limits.weight());
      properties.add("IOWeight=" + limits.weight());
      properties.add("OOMPolicy=stop");
    }
    return properties;
  }

  /** Where homes are hidden, an application that lives in one would be too. */
  private boolean isInAHome() {
    return command.directory().startsWith("/home") || command.directory().startsWith("/root");
  }

  /** What the command has on top; its values are kept off the command line, which all can read. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(command.environment());
    if (confinement.cache() != null) {
      String home = CACHES.resolve(confinement.cache()).toString();
      environment.put("HOME", home);
      environment.put("XDG_CACHE_HOME", home);
    }
    return environment;
  }

  private Set<String> variables() {
    Set<String> names = new TreeSet<>(environment().keySet());
    names.add(MARK);
    INHERITED.stream().filter(present::contains).forEach(names::add);
    return names;
  }

  /** A list as systemd reads it; what does not exist is left out. */
  private static String paths(List<Path> paths) {
    return paths.stream().map(UnitRequest::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(Path path) {
    return "\"-" + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** systemd would put in variables of the environment. */
  private static String literal(String argument) {
    return argument.replace("$", "$$");
  }
}
