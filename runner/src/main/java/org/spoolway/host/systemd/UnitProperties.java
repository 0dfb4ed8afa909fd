package org.spoolway.host.systemd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code systemctl show} prints of one unit.
 *
 * @param values by the properties' names, as they were printed
 */
record UnitProperties(Map<String, String> values) {

  UnitProperties {
    values = Map.copyOf(values);
  }

  /** One for each unit, in the order of the question; a blank line stands between two. */
  static List<UnitProperties> parse(String text) {
    List<UnitProperties> units = new ArrayList<>();
    Map<String, String> values = new HashMap<>();
    for (String line : (text + "\n\n").lines().toList()) {
      int sign = line.indexOf('=');
      if (sign > 0) {
        values.put(line.substring(0, sign), line.substring(sign + 1));
      } else if (line.isEmpty() && !values.isEmpty()) {
        units.add(new UnitProperties(values));
        values.clear();
      }
    }
    return units;
  }

  /** The only unit that was asked for; without properties when systemd told nothing. */
  static UnitProperties parseOne(String text) {
    return parse(text).stream().findFirst().orElse(new UnitProperties(Map.of()));
  }

  /** A property; empty when it was not told. */
  String get(String name) {
    return values.getOrDefault(name, "");
  }
}
