package org.spoolway.host.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.DB;

/**
 * A copy as of one instant of a database that others may be writing, by SQLite's online backup:
 * page for page, so that page size, free pages, row ids, {@code user_version}, {@code
 * application_id} and journal mode are those of the original; {@code VACUUM INTO} would give new
 * ones. Only the counter of changes in the header differs.
 *
 * <p>All pages are copied under one read lock. In WAL mode writers go on meanwhile; in rollback
 * mode their commits wait. Copying in small portions would let them through, but start anew at each
 * of their commits, and so never end under a steady writer.
 */
final class OnlineCopy {

  private static final int ALL_PAGES = -1;

  private OnlineCopy() {}

  /**
   * Copies a database.
   *
   * @param target an empty file, which nobody else knows
   * @param patience how long to wait for the read lock
   */
  static void make(Path source, Path target, Duration patience) throws SQLException {
    try (Connection connection = SqliteConnections.readOnly(source, patience);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      // The first read takes the lock that BEGIN only announces.
      statement.executeQuery("PRAGMA schema_version").close();
      backUp(connection.unwrap(SQLiteConnection.class).getDatabase(), target);
      statement.execute("COMMIT");
    }
  }

  private static void backUp(DB database, Path target) throws SQLException {
    String uri = SqliteConnections.uri(target);
    int code = database.backup("main", uri, null, 0, 0, ALL_PAGES);
    if (code != SQLiteErrorCode.SQLITE_OK.code) {
      throw DB.newSQLException(code, "the online backup failed");
    }
  }
}
