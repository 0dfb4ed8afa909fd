package org.spoolway.host.sqlite;

import org.spoolway.problem.ProblemException;
import org.sqlite.SQLiteJDBCLoader;

/** SQLite itself, which the driver unpacks and loads. */
final class NativeLibrary {

  private static final String FIX =
      "Give the runner a directory that allows execution and has 2 MB free:"
          + " JAVA_OPTS=-Dorg.sqlite.tmpdir=DIR.";

  private NativeLibrary() {}

  /** Loads it, unless it is loaded already; may be repeated after a failure. */
  static void load(Complaint complaint) throws ProblemException {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception | LinkageError e) {
      String message = String.valueOf(e.getMessage());
      String observed = "SQLite's native library cannot be loaded (" + firstLine(message) + ")";
      throw complaint.about(observed, FIX, e);
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
