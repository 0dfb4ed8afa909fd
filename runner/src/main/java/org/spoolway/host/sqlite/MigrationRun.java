package org.spoolway.host.sqlite;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.spoolway.migration.MigrationFile.Transaction;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** What the process does that applies migrations to a SQLite database. */
final class MigrationRun {

  /** How long it waits for a lock that somebody else holds. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int FIRST_FILE = 3;
  private static final int WORDS_PER_FILE = 3;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private static final String ENDS_ITSELF =
      "the file ends its transaction itself; let it begin with -- spoolway: no-transaction";

  private static final String CREATE =
      "CREATE TABLE IF NOT EXISTS spoolway_migrations (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL,"
          + " applied_at TEXT NOT NULL, milliseconds INTEGER NOT NULL, version TEXT NOT NULL)";

  private static final String RECORD =
      "INSERT INTO spoolway_migrations"
          + " VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?)";

  private final DatabaseFiles files;
  private final PrintStream out;

  MigrationRun(Path database, PrintStream out) {
    this.files = DatabaseFiles.of(database);
    this.out = out;
  }

  boolean carryOut(List<String> arguments) {
    String what = "cannot read the history of ";
    try {
      SqliteConnections.loadLibrary(
          new Complaint(Problem.MIGRATION_FAILED, "migrate", files.main()));
      if (arguments.get(0).equals(SqliteMigrations.HISTORY)) {
        tellHistory();
      } else {
        what = "cannot migrate ";
        apply(arguments.get(2), arguments.subList(FIRST_FILE, arguments.size()));
      }
      return true;
    } catch (CharacterCodingException e) {
      return failed(what + files.main() + ": the file is no UTF-8");
    } catch (SQLException | IOException | ProblemException e) {
      return failed(what + files.main() + ": " + e.getMessage());
    }
  }

  private boolean failed(String message) {
    out.println(SqliteMigrations.COMPLAINT + message.replaceAll("\\p{Cntrl}+", " "));
    return false;
  }

  private void tellHistory() throws SQLException, IOException {
    if (!Files.exists(files.main())) {
      return;
    }
    try (Connection database = SqliteConnections.readOnly(files.resolved(), PATIENCE);
        Statement statement = database.createStatement()) {
      if (isThere(statement)) {
        try (ResultSet rows =
            statement.executeQuery("SELECT sha256, name FROM spoolway_migrations ORDER BY name")) {
          while (rows.next()) {
            out.println("history " + rows.getString(1) + " " + rows.getString(2));
          }
        }
      }
    }
  }

  private static boolean isThere(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'spoolway_migrations'")) {
      return rows.next();
    }
  }

  /** A connection for each file, so that none inherits anything of another's. */
  private void apply(String version, List<String> words) throws SQLException, IOException {
    for (int i = 0; i + WORDS_PER_FILE <= words.size(); i += WORDS_PER_FILE) {
      Transaction transaction = Transaction.valueOf(words.get(i));
      Path file = Path.of(words.get(i + 2));
      out.println("applying " + file.getFileName());
      long begin = System.nanoTime();
      try (Connection database = SqliteConnections.migrating(files.resolved(), PATIENCE)) {
        Script script = new Script(database, file, words.get(i + 1), version, begin);
        if (transaction == Transaction.OWN) {
          script.applyInTransaction();
        } else {
          script.apply();
        }
      }
      out.println("applied " + file.getFileName() + " in " + millisSince(begin) + " ms");
    }
  }

  private static long millisSince(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin).toMillis();
  }

  /** One file on its way into the database. */
  private record Script(Connection database, Path file, String sha256, String version, long begin) {

    /** What is not committed when the connection is closed is rolled back. */
    void applyInTransaction() throws SQLException, IOException {
      carryOut("BEGIN IMMEDIATE; SAVEPOINT spoolway");
      carryOut();
      try {
        carryOut("RELEASE spoolway");
      } catch (SQLException e) {
        throw new SQLException(ENDS_ITSELF, e);
      }
      record();
      carryOut("COMMIT");
    }

    void apply() throws SQLException, IOException {
      carryOut();
      record();
    }

    private void carryOut() throws SQLException, IOException {
      String text = Files.readString(file);
      carryOut(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    private void record() throws SQLException {
      carryOut(CREATE);
      try (PreparedStatement record = database.prepareStatement(RECORD)) {
        record.setString(1, String.valueOf(file.getFileName()));
        record.setString(2, sha256);
        record.setLong(3, millisSince(begin));
        record.setString(4, version);
        record.executeUpdate();
      }
    }

    /** All statements of a text. */
    private void carryOut(String sql) throws SQLException {
      try (Statement statement = database.createStatement()) {
        statement.executeUpdate(sql);
      }
    }
  }
}
