package org.spoolway.migration;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.spoolway.schema.Version;

/**
 * Words the commands that carry out SQL in the application's own database. They are run as whoever
 * migrates, and print, besides whatever else:
 *
 * <pre>
 * history SHA-256 NAME       a migration that was applied; for each, when the history is asked for
 * applying NAME              before a file
 * applied NAME in N ms       after it, once nothing can take it back
 * </pre>
 *
 * The history is the table {@code spoolway_migrations}: name, sha256, applied_at, milliseconds,
 * version.
 */
public interface SqlClient {

  /** Of a deployment whose releases bring no SQL. */
  static SqlClient none() {
    return NoSqlClient.INSTANCE;
  }

  /**
   * What prints the history; it changes nothing.
   *
   * @throws IOException when the program cannot be looked for
   */
  Invocation history() throws IOException;

  /**
   * What applies files, one after the other up to the first that fails, and adds each to the
   * history: in the file's own transaction if it has one, and without anything of that left if it
   * fails.
   *
   * @param version the release that they are part of
   * @throws IOException when the program cannot be looked for
   */
  List<Invocation> apply(List<MigrationFile> files, Version version) throws IOException;

  /**
   * A command; it succeeds by the exit status 0.
   *
   * @param arguments program and arguments
   * @param environment on top of what it has anyway
   * @param complaint a regular expression of the lines by which it says what went wrong
   */
  record Invocation(List<String> arguments, Map<String, String> environment, String complaint) {

    /** Keeps what it was given. */
    public Invocation {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }
  }
}
