package org.spoolway.host.systemd;

import java.util.List;
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

  /** Reads what {@code systemctl show} prints for several units, in its order. */
  static List<UnitState> parse(String text) {
    return UnitProperties.parse(text).stream().map(UnitState::of).toList();
  }

  private static UnitState of(UnitProperties unit) {
    String load = word(unit, "LoadState", "loaded");
    return new UnitState(
        word(unit, "Id", ""),
        word(unit, "ActiveState", "unknown"),
        load.equals("loaded") ? word(unit, "SubState", "unknown") : load,
        word(unit, "InvocationID", ""),
        word(unit, "Result", ""));
  }

  private static String word(UnitProperties unit, String name, String otherwise) {
    return Printable.line(unit.values().getOrDefault(name, otherwise));
  }
}
