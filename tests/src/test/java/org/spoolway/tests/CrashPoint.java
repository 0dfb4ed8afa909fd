package org.spoolway.tests;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a runner dies: around one append to a journal.
 *
 * @param append which one, from 1
 * @param when {@code before} or {@code after} it
 * @param entry what is appended
 */
record CrashPoint(int append, String when, String entry) {

  /**
   * All points of a job that differ: after each append, and before each that tells of something
   * done, when it is done and not yet told. Nothing happens between other appends.
   */
  static List<CrashPoint> all(List<String> appends) {
    List<CrashPoint> points = new ArrayList<>();
    for (int i = 0; i < appends.size(); i++) {
      String entry = appends.get(i);
      if (entry.startsWith("Applied")
          || entry.startsWith("Undone")
          || entry.startsWith("TurnedBack")) {
        points.add(new CrashPoint(i + 1, "before", entry));
      }
      points.add(new CrashPoint(i + 1, "after", entry));
    }
    return points;
  }

  @Override
  public String toString() {
    return when + " " + append + ", " + entry;
  }
}
