package org.spoolway.host.systemd;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spoolway.host.systemd.Systemctl.Reply;

/**
 * A unit's main process, as systemd tells.
 *
 * @param state such as {@code active} or {@code activating}; what went wrong when it does not tell
 * @param pid 0 when there is none
 */
record UnitMain(String state, long pid) {

  /** Asks systemd. */
  static UnitMain ask(Systemctl systemctl, String unit) {
    Reply reply =
        systemctl.ask(List.of("systemctl", "show", "--property=ActiveState,MainPID", "--", unit));
    Map<String, String> values = new HashMap<>();
    for (String line : reply.text().split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1).strip());
      }
    }
    String pid = values.getOrDefault("MainPID", "");
    boolean told = reply.succeeded() && pid.matches("[0-9]{1,18}");
    return told
        ? new UnitMain(values.getOrDefault("ActiveState", "unknown"), Long.parseLong(pid))
        : new UnitMain("not told by systemd: " + reply.observed(), 0);
  }

  /** For people. */
  String describe() {
    return pid == 0 ? state : state + " as process " + pid;
  }
}
