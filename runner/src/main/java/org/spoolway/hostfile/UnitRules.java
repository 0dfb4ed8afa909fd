package org.spoolway.hostfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * What a unit of a release may say. A release is the work of its makers, and whoever can change it
 * must not thereby be root on this host: systemd itself is root, and reads, opens, links and runs
 * what a unit tells it to. So only settings are let through that cannot give a service more than
 * its account has, and that account is one that the deployment file names.
 *
 * <p>The names are those of systemd.unit(5), systemd.service(5), systemd.exec(5), systemd.kill(5),
 * systemd.resource-control(5), systemd.socket(5), systemd.timer(5) and systemd.path(5).
 */
final class UnitRules {

  private static final Map<String, Pattern> KEYS =
      Map.of(
          "Unit",
          keys(
              "Description|Documentation|After|Before|Wants|Requires|BindsTo|PartOf|Upholds",
              "Condition[A-Za-z]+|StartLimit[A-Za-z]+|DefaultDependencies|RequiresMountsFor"),
          "Install",
          keys("WantedBy|RequiredBy"),
          "Service",
          keys(
              "Type|User|Group|SupplementaryGroups|DynamicUser|WorkingDirectory|Exec[A-Za-z]+",
              "Environment|EnvironmentFile|UMask|Nice|Slice|Sockets|SyslogIdentifier",
              "StandardOutput|StandardError|SuccessExitStatus|RemainAfterExit|GuessMainPID",
              "Restart[A-Za-z]*|Timeout[A-Za-z]+|WatchdogSec|NotifyAccess|RuntimeMaxSec",
              "Kill[A-Za-z]+|SendSIG[A-Z]+|FinalKillSignal|OOM[A-Za-z]+|RemoveIPC|ExitType",
              "Limit[A-Z]+|Memory[A-Za-z]+|CPU[A-Za-z]+|IO[A-Za-z]+|Tasks[A-Za-z]+|IP[A-Za-z]+",
              "Protect[A-Za-z]+|Private[A-Za-z]+|Restrict[A-Za-z]+|SystemCall[A-Za-z]+",
              "NoNewPrivileges|CapabilityBoundingSet|LockPersonality|DevicePolicy|ProcSubset",
              "ReadOnlyPaths|ReadWritePaths|InaccessiblePaths|NoExecPaths|ExecPaths",
              "(Runtime|Cache|Logs|State)Directory(Mode|Preserve)?"),
          "Socket",
          keys(
              "ListenStream|Accept|Backlog|Service|Socket(User|Group|Mode)|FileDescriptorName",
              "NoDelay|KeepAlive|ReusePort|FreeBind|BindIPv6Only|RemoveOnStop|MaxConnections",
              "DeferAcceptSec|TriggerLimit[A-Za-z]+|FlushPending"),
          "Timer",
          keys("On[A-Za-z]+|AccuracySec|RandomizedDelaySec|Persistent|Unit"),
          "Path",
          keys("Path[A-Za-z]+|DirectoryNotEmpty|Unit|TriggerLimit[A-Za-z]+"));

  private static final Pattern STREAM = Pattern.compile("journal|null|inherit|kmsg");
  private static final Pattern PRIVILEGED = Pattern.compile("[@:|-]*[+!].*");
  private static final Pattern PORT = Pattern.compile("([0-9.]+:|\\[[0-9a-fA-F:]+]:)?[0-9]+");
  private static final Set<String> YES = Set.of("yes", "true", "on", "1");

  private final String unit;
  private final Owner owner;

  /**
   * Whose units they are.
   *
   * @param deployment its name
   * @param units all units that its file names
   * @param accounts all users that its file names
   * @param environmentFile the only one that systemd may read for it
   */
  record Owner(
      String deployment, Set<String> units, Set<String> accounts, String environmentFile) {}

  UnitRules(String unit, Owner owner) {
    this.unit = unit;
    this.owner = owner;
  }

  private static Pattern keys(String... alternatives) {
    return Pattern.compile(String.join("|", alternatives));
  }

  /**
   * Refuses what must not be.
   *
   * @throws ProblemException {@code HOST_FILE_REFUSED}, naming the line
   */
  void require(String content) throws ProblemException {
    String section = "";
    String user = "";
    boolean dynamic = false;
    for (String line : logicalLines(content)) {
      int sign = line.indexOf('=');
      if (line.startsWith("[")) {
        section = line.substring(1, line.length() - 1);
      } else if (sign < 0) {
        throw refused("`" + line + "` is no setting", "Correct the unit.");
      } else {
        String key = line.substring(0, sign).strip();
        String value = line.substring(sign + 1).strip();
        requireKnown(section, key, line);
        requireHarmless(section, key, value, line);
        user = key.equals("User") ? value : user;
        dynamic |= key.equals("DynamicUser") && YES.contains(value.toLowerCase(Locale.ROOT));
      }
    }
    if (unit.endsWith(".service") && !dynamic) {
      requireAccount(user);
    }
  }

  private void requireKnown(String section, String key, String line) throws ProblemException {
    Pattern known = KEYS.get(section);
    if (known == null || !known.matcher(key).matches()) {
      throw refused(
          "`" + line + "` in [" + section + "] is nothing that a release may set",
          "Remove it, or keep the unit among templates of your own: `deploy.from` may name an"
              + " absolute directory.");
    }
  }

  private void requireHarmless(String section, String key, String value, String line)
      throws ProblemException {
    boolean fine =
        switch (key) {
          case "User", "Group", "SupplementaryGroups", "SocketUser", "SocketGroup" ->
              areAccounts(value);
          case "EnvironmentFile" -> value.replaceFirst("^-", "").equals(owner.environmentFile());
          case "StandardOutput", "StandardError" -> STREAM.matcher(value).matches();
          case "ListenStream" -> PORT.matcher(value).matches() || isOwn(value, "/run/");
          case "RuntimeDirectory", "CacheDirectory", "LogsDirectory", "StateDirectory" ->
              isOwn(value, "");
          case "Unit", "Service", "Sockets" -> value.isEmpty() || owner.units().contains(value);
          case "WantedBy", "RequiredBy" -> value.endsWith(".target") || isOwnUnits(value);
          default -> !key.startsWith("Exec") || !section.equals("Service") || isPlain(value);
        };
    if (!fine) {
      throw refused(
          "`" + line + "` would reach beyond what is the deployment's own",
          "Name only its own accounts, units, and directories called " + owner.deployment() + ".");
    }
  }

  private static boolean isPlain(String command) {
    return !PRIVILEGED.matcher(command).matches();
  }

  private boolean areAccounts(String value) {
    return List.of(value.split("\\s+", -1)).stream()
        .allMatch(name -> name.isEmpty() || owner.accounts().contains(name));
  }

  private boolean isOwnUnits(String value) {
    return owner.units().containsAll(List.of(value.split("\\s+", -1)));
  }

  private boolean isOwn(String value, String parent) {
    String own = parent + owner.deployment();
    return !value.contains("..")
        && !value.contains("%")
        && !value.contains(":")
        && (value.equals(own) || (value.startsWith(own + "/") && !value.contains(" ")));
  }

  private void requireAccount(String user) throws ProblemException {
    if (user.isEmpty()) {
      throw refused(
          "it would run as root", "Write User= with the application's account into [Service].");
    }
  }

  /** Lines as systemd joins them, without comments and blanks around. */
  private static List<String> logicalLines(String content) {
    List<String> lines = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String line : content.lines().toList()) {
      boolean comment = line.strip().startsWith("#") || line.strip().startsWith(";");
      if (comment) {
        continue;
      }
      if (line.endsWith("\\")) {
        open.append(line, 0, line.length() - 1).append(' ');
      } else {
        lines.add((open + line).strip());
        open.setLength(0);
      }
    }
    lines.add(open.toString().strip());
    lines.removeIf(String::isEmpty);
    return lines;
  }

  private ProblemException refused(String observed, String fix) {
    return new ProblemException(
        Problem.HOST_FILE_REFUSED, "cannot use " + unit + ": " + observed, fix, null);
  }
}
