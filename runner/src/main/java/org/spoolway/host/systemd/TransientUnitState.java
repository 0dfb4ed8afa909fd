package org.spoolway.host.systemd;

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
 * @param properties those of {@link #PROPERTIES}
 */
record TransientUnitState(UnitProperties properties) {

  /** The properties that are asked for. */
  static final String PROPERTIES =
      "LoadState,ActiveState,Description,Result,ExecMainCode,ExecMainStatus,TasksCurrent";

  private static final Set<String> ENDED = Set.of("inactive", "failed");
  private static final int SIGNALLED = 128;

  /** Reads what {@code systemctl show} prints. */
  static TransientUnitState parse(String text) {
    return new TransientUnitState(UnitProperties.parseOne(text));
  }

  /** Whether systemd has it in memory, running or failed. */
  boolean isLoaded() {
    return properties.get("LoadState").equals("loaded");
  }

  /** Whether it is the unit of that very start. */
  boolean isOf(String description) {
    return isLoaded() && properties.get("Description").equals(description);
  }

  /** Whether none of its processes is left: one that cannot be killed outlives its unit. */
  boolean isEnded() {
    return ENDED.contains(properties.get("ActiveState")) && number("TasksCurrent").orElse(0) == 0;
  }

  /** How its command ended; empty when it did not. */
  Optional<Exit> exit(Command command) {
    if (!ENDED.contains(properties.get("ActiveState"))) {
      return Optional.empty();
    }
    int status = number("ExecMainStatus").orElse(0);
    return Optional.of(
        switch (properties.get("Result")) {
          case "exit-code" -> new Exit.Status(status);
          case "signal", "core-dump" -> new Exit.Status(SIGNALLED + status);
          case "timeout" -> new Exit.TimedOut(command.timeout());
          case "oom-kill" -> new Exit.OutOfMemory(memory(command.confinement()));
          default ->
              new Exit.NotStarted("systemd cannot run its unit: " + properties.get("Result"));
        });
  }

  private static long memory(@Nullable Confinement confinement) {
    Limits limits = confinement == null ? null : confinement.limits();
    return limits == null ? Long.MAX_VALUE : limits.memory();
  }

  private Optional<Integer> number(String name) {
    return Optional.of(properties.get(name))
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(Integer::valueOf);
  }
}
