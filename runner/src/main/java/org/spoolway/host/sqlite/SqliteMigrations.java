package org.spoolway.host.sqlite;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spoolway.migration.MigrationFile;
import org.spoolway.migration.SqlClient;
import org.spoolway.schema.Version;

/**
 * Applies files with this image's own SQLite, in a process of its own: that one works as whoever
 * migrates, sees no more of the host than other migrations do, and can be ended at any time.
 */
public final class SqliteMigrations implements SqlClient {

  static final String HISTORY = "history";
  static final String APPLY = "apply";
  static final String COMPLAINT = "sqlite: ";

  private final Path database;
  private final List<String> program;

  /**
   * Of the database in a file, which need not exist yet.
   *
   * @param program the command whose main class calls {@link #carryOut}
   */
  public SqliteMigrations(Path database, List<String> program) {
    this.database = database;
    this.program = List.copyOf(program);
  }

  /**
   * Does what one of the commands asks for.
   *
   * @param arguments those behind the program
   * @return whether it succeeded; if not, it was said why
   */
  public static boolean carryOut(List<String> arguments, PrintStream out) {
    return new MigrationRun(Path.of(arguments.get(1)), out).carryOut(arguments);
  }

  @Override
  public Invocation history() {
    return invocation(List.of(HISTORY, database.toString()));
  }

  /** All in one process: to start one takes longer than most files. */
  @Override
  public List<Invocation> apply(List<MigrationFile> files, Version version) {
    List<String> arguments = new ArrayList<>(List.of(APPLY, database.toString(), version.text()));
    for (MigrationFile file : files) {
      arguments.add(file.transaction().name());
      arguments.add(file.sha256());
      arguments.add(file.path().toString());
    }
    return List.of(invocation(arguments));
  }

  private Invocation invocation(List<String> arguments) {
    List<String> line = new ArrayList<>(program);
    line.addAll(arguments);
    return new Invocation(line, Map.of(), COMPLAINT + ".*");
  }
}
