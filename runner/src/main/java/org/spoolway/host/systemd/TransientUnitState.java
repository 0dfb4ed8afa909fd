package org.spoolway.host.systemd;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Confinement;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Commands.Limits;

/**
 * What systemd knows of the transient unit of a command.
 *
 * @param properties as {@code systemctl show} prints them
 */
record TransientUnitState(Map<String, String> properties) {

  /** The properties that are asked for. */
  static final String PROPERTIES =
      "LoadState,ActiveState,Description,Result,ExecMainCode,ExecMainStatus,TasksCurrent";

  private static final Set<String> ENDED = Set.of("inactive", "failed");
  private static final int SIGNALLED = 128;

  TransientUnitState {
    properties = Map.copyOf(properties);
  }

  /** Reads lines of the form NAME=VALUE. */
  static TransientUnitState parse(String text) {
    Map<String, String> properties = new LinkedHashMap<>();
    text.lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> properties.put(parts[0], parts[1]));
    return new TransientUnitState(properties);
  }

  /** Whether systemd has it in memory, running or failed. */
  boolean isLoaded() {
    return value("LoadState").equals("loaded");
  }

  /** Whether it is the unit of that very start. */
  boolean isOf(String description) {
    return isLoaded() && value("Description").equals(description);
  }

  /** Whether none of its processes is left: one that cannot be killed outlives its unit. */
  boolean isEnded() {
    return ENDED.contains(value("ActiveState")) && number("TasksCurrent").orElse(0) == 0;
  }

  /** How its command ended; empty when it did not. */
  Optional<Exit> exit(Command command) {
    if (!ENDED.contains(value("ActiveState"))) {
      return Optional.empty();
    }
    int status = number("ExecMainStatus").orElse(0);
    return Optional.of(
        switch (value("Result")) {
          case "exit-code" -> new Exit.Status(status);
          case "signal", "core-dump" -> new Exit.Status(SIGNALLED + status);
          case "timeout" -> new Exit.TimedOut(command.timeout());
          case "oom-kill" -> new Exit.OutOfMemory(memory(command.confinement()));
          default -> new Exit.NotStarted("systemd cannot run its unit: " + value("Result"));
        });
  }

  private static long memory(@Nullable Confinement confinement) {
    Limits limits = confinement == null ? null : confinement.limits();
    return limits == null ? Long.MAX_VALUE : limits.memory();
  }

  private Optional<Integer> number(String name) {
    return Optional.of(value(name))
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(Integer::valueOf);
  }

  private String value(String name) {
    return properties.getOrDefault(name, "");
  }
}
