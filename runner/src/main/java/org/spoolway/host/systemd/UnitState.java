package org.spoolway.host.systemd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spoolway.wording.Printable;

/**
 * How systemd sees a unit.
 *
 * @param id the unit's name
 * @param active such as {@code active}, {@code activating}, {@code failed}
 * @param sub the finer state, such as {@code running} or {@code auto-restart}
 * @param invocation which activation of the unit this is: another one after every start, whoever
 *     started it; empty for what was never active
 * @param result how it ended last, such as {@code success}, {@code exit-code}
 */
record UnitState(String id, String active, String sub, String invocation, String result) {

  /** What {@link #parse} needs of {@code systemctl show}. */
  static final String PROPERTIES = "Id,ActiveState,SubState,InvocationID,Result,LoadState";

  boolean isActive() {
    return active.equals("active") || active.equals("reloading");
  }

  /** Whether there is nothing of it to stop. */
  boolean isDown() {
    return active.equals("inactive") || active.equals("failed");
  }

  /** For people. */
  String describe() {
    String ended = result.isEmpty() || result.equals("success") ? "" : ", " + result;
    return id + " is " + active + " (" + sub + ended + ")";
  }

  /** Reads the blocks that {@code systemctl show} prints for several units, in its order. */
  static List<UnitState> parse(String text) {
    List<UnitState> units = new ArrayList<>();
    Map<String, String> fields = new HashMap<>();
    for (String line : (text + "\n\n").lines().toList()) {
      int sign = line.indexOf('=');
      if (sign > 0) {
        fields.put(line.substring(0, sign), Printable.line(line.substring(sign + 1)));
      } else if (!fields.isEmpty()) {
        units.add(of(fields));
        fields.clear();
      }
    }
    return units;
  }

  private static UnitState of(Map<String, String> fields) {
    boolean loaded = fields.getOrDefault("LoadState", "loaded").equals("loaded");
    return new UnitState(
        fields.getOrDefault("Id", ""),
        fields.getOrDefault("ActiveState", "unknown"),
        loaded ? fields.getOrDefault("SubState", "unknown") : fields.getOrDefault("LoadState", ""),
        fields.getOrDefault("InvocationID", ""),
        fields.getOrDefault("Result", ""));
  }
}
