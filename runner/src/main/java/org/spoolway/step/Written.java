package org.spoolway.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.spoolway.host.Database.TableRows;

/** What was written to which table between two looks at a database, for people; pure. */
final class Written {

  private static final int MOST = 10;

  private Written() {}

  /**
   * Tells it, such as {@code note: 3 added, 1 changed; tag: 2 removed}; empty when nothing can be
   * told. Of a table that is new since, all rows are.
   */
  static String between(List<TableRows> then, List<TableRows> now) {
    Map<String, TableRows> before = new HashMap<>();
    then.forEach(rows -> before.put(rows.table(), rows));
    List<String> told = new ArrayList<>();
    for (TableRows rows : now) {
      TableRows old = before.getOrDefault(rows.table(), new TableRows(rows.table(), 0, 0, 0));
      String change = change(old, rows);
      if (!change.isEmpty()) {
        told.add(rows.table() + ": " + change);
      }
    }
    String shown = told.stream().limit(MOST).collect(Collectors.joining("; "));
    return told.size() <= MOST ? shown : shown + "; and " + (told.size() - MOST) + " more tables";
  }

  private static String change(TableRows old, TableRows now) {
    List<String> parts = new ArrayList<>();
    long added = now.added() - old.added();
    part(parts, added, "added");
    part(parts, now.changed() - old.changed(), "changed");
    // Where only the number of rows is known, fewer of them is all that shows of a removal.
    part(parts, now.removed() - old.removed() + Math.max(0, -added), "removed");
    return String.join(", ", parts);
  }

  private static void part(List<String> parts, long count, String word) {
    if (count > 0) {
      parts.add(count + " " + word);
    }
  }
}
