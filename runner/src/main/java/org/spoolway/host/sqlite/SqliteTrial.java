package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Database;
import org.spoolway.migration.SqlClient;
import org.spoolway.migration.TrialDatabase;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Copies of a SQLite file: each is a file in the trial's own directory. */
public final class SqliteTrial implements TrialDatabase {

  private static final String NAME = "rehearsal.sqlite";

  private final Path file;
  private final Database database;
  private final List<String> program;

  /**
   * Of the database in a file.
   *
   * @param database it as well
   * @param program the command whose main class calls {@link SqliteMigrations#carryOut}
   */
  public SqliteTrial(Path file, Database database, List<String> program) {
    this.file = file;
    this.database = database;
    this.program = List.copyOf(program);
  }

  @Override
  public OptionalLong bytes() throws ProblemException {
    long bytes = database.requireReady().bytes();
    return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  @Override
  public @Nullable String risk() {
    return null;
  }

  @Override
  public String copy(Path notes, Path directory) throws ProblemException {
    database.backup(notes);
    Path copy = directory.resolve(NAME);
    try {
      Files.move(notes.resolve(SnapshotRecord.COPY), copy);
      return copy.toString();
    } catch (IOException e) {
      throw new Complaint(Problem.SNAPSHOT_FAILED, "rehearse with a copy of", file).about(e);
    }
  }

  @Override
  public SqlClient sql(String copy) {
    return new SqliteMigrations(Path.of(copy), program);
  }

  /** Whoever writes has all of it to himself; how long that is, is what the rehearsal measures. */
  @Override
  public List<String> locks(String copy) {
    return List.of();
  }

  @Override
  public void discard(Path notes) {}
}
