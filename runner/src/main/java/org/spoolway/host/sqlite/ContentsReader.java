package org.spoolway.host.sqlite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spoolway.durable.Checksum;
import org.spoolway.host.Database.Contents;
import org.spoolway.host.Database.TableRows;

/**
 * Reads what is in a database: a word for its form, which is made of its tables, views and triggers
 * as they were made, of the application's own number of it and of what migration tools have written
 * down; and how many rows there are.
 */
final class ContentsReader {

  private static final String OBJECTS =
      "SELECT type, name, tbl_name, sql FROM sqlite_master"
          + " WHERE type <> 'index' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name";

  private static final String TABLES =
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
          + " ORDER BY name LIMIT "
          + Contents.MOST_TABLES;

  /** What tells of it has no room for longer ones. */
  private static final int LONGEST_NAME = 100;

  private ContentsReader() {}

  /**
   * Reads it while others may write.
   *
   * @param mark what was taken before
   */
  static Contents read(Path database, String mark, Duration patience) throws SQLException {
    MessageDigest digest = Checksum.digest();
    List<TableRows> rows = new ArrayList<>();
    try (Connection connection = SqliteConnections.readOnly(database, patience);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      feed(digest, statement, "PRAGMA user_version");
      feed(digest, statement, OBJECTS);
      for (String table : tables(statement)) {
        String quoted = '"' + table.replace("\"", "\"\"") + '"';
        if (Contents.MIGRATION_TABLES.contains(table.toLowerCase(Locale.ROOT))) {
          feed(digest, statement, "SELECT * FROM " + quoted + " ORDER BY 1");
        }
        rows.add(new TableRows(shortened(table), count(statement, quoted), 0, 0));
      }
      statement.execute("COMMIT");
    }
    return new Contents(mark, Checksum.hex(digest), rows);
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
  }

  private static long count(Statement statement, String table) throws SQLException {
    try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table)) {
      return count.next() ? count.getLong(1) : 0;
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(TABLES)) {
      while (found.next()) {
        names.add(found.getString(1));
      }
    }
    return names;
  }

  private static void feed(MessageDigest digest, Statement statement, String query)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          digest.update(String.valueOf(rows.getString(i)).getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
        }
      }
    }
  }
}
