package org.spoolway.host.postgres;

/** Quotes for SQL; the session has standard strings. */
final class Sql {

  private Sql() {}

  /** A name. */
  static String name(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /** A string. */
  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
