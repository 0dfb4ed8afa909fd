package org.spoolway.hostfile;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which values the settings of a release's unit may have: none that reaches what is not the
 * deployment's own, or takes more of the host than what others have.
 */
final class UnitValues {

  private static final Pattern STREAM = Pattern.compile("journal|null|inherit");

  /** Quotes and escapes are taken off before systemd looks for a prefix that makes it root. */
  private static final Pattern COMMAND = Pattern.compile("|[-@:|]*[A-Za-z0-9/_.].*");

  /** What follows a word of this kind is another command, with a prefix of its own. */
  private static final Pattern NEXT_COMMAND = Pattern.compile("(^|[ \t]);([ \t]|$)");

  /** A leading zero would make it octal; below 1024 the account could not listen by itself. */
  private static final Pattern PORT =
      Pattern.compile(
          "([0-9.]+:|\\[[0-9a-fA-F:]+]:)?(102[4-9]|10[3-9][0-9]|1[1-9][0-9]{2}|[2-9][0-9]{3}"
              + "|[1-6][0-9]{4})");

  private static final Pattern WEIGHT = Pattern.compile("idle|[1-9][0-9]?|100");
  private static final Pattern NICE = Pattern.compile("1?[0-9]");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern SCHEDULING = Pattern.compile("other|batch|idle|best-effort");

  /** What may be started because a unit wants it, besides the deployment's own. */
  private static final Pattern COMMON =
      Pattern.compile(
          "(network|network-online|nss-lookup|nss-user-lookup|time-sync|local-fs|remote-fs)\\.target"
              + "|(postgresql|mysql|mariadb|redis|redis-server|valkey|valkey-server|memcached"
              + "|rabbitmq-server)(@[A-Za-z0-9._-]+)?\\.service|spoolway-recover\\.service");

  private final String unit;
  private final UnitRules.Owner owner;

  UnitValues(String unit, UnitRules.Owner owner) {
    this.unit = unit;
    this.owner = owner;
  }

  boolean areFine(String key, String value) {
    return switch (key) {
      case "User", "Group", "SocketUser", "SocketGroup" ->
          value.isEmpty() || owner.accounts().contains(value);
      case "SupplementaryGroups" -> words(value, owner.accounts()::contains);
      case "EnvironmentFile" -> value.replaceFirst("^-", "").equals(owner.environmentFile());
      case "StandardOutput", "StandardError" -> STREAM.matcher(value).matches();
      case "ListenStream" -> PORT.matcher(value).matches() || isOwnSocket(value);
      // In a directory of its own its account could have put a link in the way.
      case "RuntimeDirectory", "CacheDirectory", "LogsDirectory", "StateDirectory" ->
          value.isEmpty() || value.equals(owner.deployment());
      case "ExecPaths", "ExecSearchPath" -> true;
      default -> key.startsWith("Exec") ? isPlain(value) : isFair(key, value) && isNear(key, value);
    };
  }

  private static boolean isPlain(String command) {
    return COMMAND.matcher(command).matches() && !NEXT_COMMAND.matcher(command).find();
  }

  /** Only /run itself is root's: elsewhere systemd could be led to what a link points at. */
  private boolean isOwnSocket(String path) {
    String own = "/run/" + owner.deployment() + ".";
    return path.startsWith(own) && path.substring(own.length()).matches("([a-z0-9_-]+\\.)?sock");
  }

  /** No more of the host than others have. */
  private static boolean isFair(String key, String value) {
    return switch (key) {
      case "CPUWeight", "IOWeight" -> WEIGHT.matcher(value).matches();
      case "CPUSchedulingPolicy", "IOSchedulingClass" -> SCHEDULING.matcher(value).matches();
      case "Nice" -> NICE.matcher(value).matches();
      case "OOMScoreAdjust" -> NUMBER.matcher(value).matches();
      default -> true;
    };
  }

  /** No unit of others is started, held up or stopped. */
  private boolean isNear(String key, String value) {
    return switch (key) {
      case "Unit", "Service", "Sockets", "RequiredBy" -> words(value, owner.units()::contains);
      case "WantedBy" -> words(value, name -> starters().contains(name) || isOwnUnit(name));
      case "Wants", "Requires", "BindsTo", "Upholds" ->
          words(value, name -> COMMON.matcher(name).matches() || isOwnUnit(name));
      case "Before" -> words(value, name -> isOwnUnit(name) && !isEarly(name));
      // The host starts all sockets before its services: to wait here would close a circle, which
      // systemd opens by leaving out whichever unit it finds.
      case "After" -> !isEarly(unit) || words(value, owner.units()::contains);
      case "Slice" ->
          Set.of("system.slice", "system-" + owner.deployment() + ".slice").contains(value);
      default -> true;
    };
  }

  private boolean isOwnUnit(String name) {
    return owner.units().contains(name);
  }

  private static boolean isEarly(String unit) {
    return unit.endsWith(".socket") || unit.endsWith(".path");
  }

  /** What starts units of this type with the host. */
  private Set<String> starters() {
    String type = unit.substring(unit.lastIndexOf('.') + 1);
    return Set.of("multi-user.target", "graphical.target", "default.target", type + "s.target");
  }

  private static boolean words(String value, Predicate<String> which) {
    return value.isEmpty() || List.of(value.split("[ \t]+", -1)).stream().allMatch(which);
  }
}
