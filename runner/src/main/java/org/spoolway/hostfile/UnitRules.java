package org.spoolway.hostfile;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.spoolway.problem.ProblemException;

/**
 * What a unit of a release may say. A release is the work of its makers, and whoever can change it
 * must not thereby be root on this host: systemd itself is root, and reads, opens, links and runs
 * what a unit tells it to. So only settings are let through that cannot give a service more than
 * its account has, or than other services of the host have, and that account is one that the
 * deployment file names.
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
              "Condition(?!PathExistsGlob)[A-Za-z]+|StartLimit(Interval|IntervalSec|Burst)",
              "RequiresMountsFor"),
          "Install",
          keys("WantedBy|RequiredBy"),
          "Service",
          keys(
              "Type|User|Group|SupplementaryGroups|DynamicUser|WorkingDirectory",
              "Exec(Start|StartPre|StartPost|Condition|Reload|Stop|StopPost|Paths|SearchPath)",
              "Environment|EnvironmentFile|UMask|Nice|Slice|Sockets|SyslogIdentifier",
              "StandardOutput|StandardError|SuccessExitStatus|RemainAfterExit|GuessMainPID",
              "Restart[A-Za-z]*|Timeout[A-Za-z]+|WatchdogSec|NotifyAccess|RuntimeMaxSec",
              "Kill[A-Za-z]+|SendSIG[A-Z]+|FinalKillSignal|OOM[A-Za-z]+|RemoveIPC|ExitType",
              "Limit(CPU|FSIZE|DATA|STACK|CORE|RSS|NOFILE|AS|NPROC|LOCKS|SIGPENDING)|Tasks[A-Za-z]+",
              "Memory(Accounting|High|Max|SwapMax|ZSwapMax|DenyWriteExecute)|IPAccounting",
              "CPU(Accounting|Weight|Quota|QuotaPeriodSec|Affinity|SchedulingPolicy)",
              "IO(Accounting|Weight|Scheduling[A-Za-z]+|(Read|Write)(Bandwidth|IOPS)Max)",
              "IPAddress(Allow|Deny)",
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
          keys("Path(Exists|Changed|Modified)|DirectoryNotEmpty|Unit|TriggerLimit[A-Za-z]+"));

  private static final Pattern SECTION = Pattern.compile("\\[[A-Za-z]+]");
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
    PlainText.require(unit, content);
    for (String line : UnitText.logicalLines(content)) {
      int sign = line.indexOf('=');
      if (SECTION.matcher(line).matches()) {
        section = line.substring(1, line.length() - 1);
      } else if (sign < 0) {
        throw Refusal.of(unit, "`" + line + "` is no setting", "Correct the unit.");
      } else {
        String key = line.substring(0, sign).strip();
        String value = line.substring(sign + 1).strip();
        requireKnown(section, key, line);
        requireHarmless(key, value, line);
        user = key.equals("User") ? value : user;
        if (key.equals("DynamicUser")) {
          dynamic = YES.contains(value);
        }
      }
    }
    if (unit.endsWith(".service") && !dynamic) {
      requireAccount(user);
    }
  }

  private void requireKnown(String section, String key, String line) throws ProblemException {
    Pattern known = KEYS.get(section);
    if (known == null || !known.matcher(key).matches()) {
      throw Refusal.withoutTemplate(
          unit,
          "`" + line + "` in [" + section + "] is nothing that a release may set",
          "Remove it, or keep the unit");
    }
  }

  private void requireHarmless(String key, String value, String line) throws ProblemException {
    if (!new UnitValues(unit, owner).areFine(key, value)) {
      throw Refusal.withoutTemplate(
          unit,
          "`" + line + "` would reach beyond what is the deployment's own",
          "Name only its own accounts and units, the directory "
              + owner.deployment()
              + ", ports from 1024 on or /run/"
              + owner.deployment()
              + ".sock, and an ordinary share of the host; or keep the unit");
    }
  }

  private void requireAccount(String user) throws ProblemException {
    if (user.isEmpty()) {
      throw Refusal.of(
          unit,
          "it would run as root",
          "Write User= with the application's account into [Service].");
    }
  }
}
