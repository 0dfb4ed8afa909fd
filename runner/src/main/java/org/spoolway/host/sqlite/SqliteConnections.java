package org.spoolway.host.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.spoolway.problem.ProblemException;
import org.sqlite.BusyHandler;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteJDBCLoader;

/** Opens databases whose content, schema included, somebody hostile may have written. */
final class SqliteConnections {

  private static final int READ_ONLY = 0x00000001;
  private static final int READ_WRITE = 0x00000002;
  private static final int CREATE = 0x00000004;
  private static final int URI = 0x00000040;
  private static final int NO_FOLLOW = 0x01000000;

  private static final String NO_LIBRARY =
      "Give the runner a directory that allows execution and has 2 MB free:"
          + " SPOOLWAY_JAVA_OPTS=-Dorg.sqlite.tmpdir=DIR.";

  private SqliteConnections() {}

  /**
   * Loads SQLite itself, which the driver unpacks, unless it is loaded already; may be repeated
   * after a failure.
   */
  static void loadLibrary(Complaint complaint) throws ProblemException {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception | LinkageError e) {
      String message = String.valueOf(e.getMessage());
      String observed = "SQLite's native library cannot be loaded (" + firstLine(message) + ")";
      throw complaint.about(observed, NO_LIBRARY, e);
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** For reading, while others may write; waits so long for a lock. */
  static Connection readOnly(Path database, Duration patience) throws SQLException {
    return open(uri(database), READ_ONLY, patience);
  }

  /** For reading a file that nobody else knows: without locks, and without any file beside it. */
  static Connection immutable(Path database) throws SQLException {
    return open(uri(database) + "?immutable=1", READ_ONLY, Duration.ZERO);
  }

  /** For letting SQLite roll back or fold in what lies beside a private copy. */
  static Connection recovering(Path copy) throws SQLException {
    return open(uri(copy), READ_WRITE, Duration.ZERO);
  }

  /**
   * For what the application itself brings, by its own rules: its schema may use what it has. The
   * file is made if need be.
   */
  static Connection migrating(Path database, Duration patience) throws SQLException {
    Connection connection = open(uri(database), READ_WRITE | CREATE, patience);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA trusted_schema = ON");
      return connection;
    } catch (SQLException e) {
      try (connection) {
        throw e;
      }
    }
  }

  /** A path as SQLite reads it whatever characters it has. */
  static String uri(Path file) {
    return "file:" + file.toUri().getRawPath();
  }

  /** What SQLite says went wrong; the code that stands for the more special ones of its kind. */
  static SQLiteErrorCode primaryCode(SQLException e) {
    return SQLiteErrorCode.getErrorCode(code(e).code & 0xff);
  }

  /** What SQLite says went wrong, in its most special form. */
  static SQLiteErrorCode code(SQLException e) {
    return e instanceof SQLiteException known
        ? known.getResultCode()
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }

  private static Connection open(String uri, int mode, Duration patience) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty(Pragma.OPEN_MODE.pragmaName, String.valueOf(mode | URI | NO_FOLLOW));
    Connection connection = JDBC.createConnection(JDBC.PREFIX + uri, settings);
    try (Statement statement = connection.createStatement()) {
      BusyHandler.setHandler(connection, new LockWait(patience));
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA cell_size_check = ON");
      statement.execute("PRAGMA mmap_size = 0");
      return connection;
    } catch (SQLException e) {
      try (connection) {
        throw e;
      }
    }
  }

  /**
   * Waits for a lock by trying again every millisecond. SQLite's own wait tries every tenth of a
   * second in the end, and so seldom meets the short gaps that a steady writer in rollback mode
   * leaves.
   */
  private static final class LockWait extends BusyHandler {

    private static final int GIVE_UP = 0;
    private static final int TRY_AGAIN = 1;
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final long patience;
    private long start;

    /** Gives up after so long a wait for one lock. */
    LockWait(Duration patience) {
      this.patience = patience.toNanos();
    }

    @Override
    protected int callback(int earlierTries) throws SQLException {
      long now = System.nanoTime();
      if (earlierTries == 0) {
        start = now;
      }
      if (now - start >= patience) {
        return GIVE_UP;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      return TRY_AGAIN;
    }
  }
}
