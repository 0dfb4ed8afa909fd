package org.spoolway.host.systemd;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.spoolway.layout.StateDir;

/**
 * The units of one deployment.
 *
 * @param deployment its name
 * @param units in the order of their start, at least one
 * @param startTimeout how long systemd may take to start them
 * @param stopTimeout how long it may take to stop them
 * @param state where it is kept which release they were started for
 * @param hold the file that keeps them from starting with the host
 */
public record UnitSettings(
    String deployment,
    List<String> units,
    Duration startTimeout,
    Duration stopTimeout,
    StateDir state,
    Path hold) {

  /** What holds a socket or a clock for other units, and goes on while those are replaced. */
  List<String> triggers() {
    return units.stream().filter(unit -> !isService(unit)).toList();
  }

  /** What runs the application's code. */
  List<String> services() {
    return units.stream().filter(UnitSettings::isService).toList();
  }

  private static boolean isService(String unit) {
    return unit.endsWith(".service");
  }
}
