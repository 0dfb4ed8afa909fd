package org.spoolway.host.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * A database as its application uses it: opened, read or written, and closed again.
 *
 * @param path its file
 */
record SqliteFile(Path path) {

  /** Creates it with settings that a copy could lose. */
  static SqliteFile create(Path path, String journalMode) throws SQLException {
    SqliteFile file = new SqliteFile(path);
    file.execute(
        "PRAGMA page_size = 8192",
        "PRAGMA journal_mode = " + journalMode,
        "PRAGMA user_version = 7",
        "PRAGMA application_id = 4711",
        "CREATE TABLE note(text, data)",
        "CREATE INDEX note_text ON note(text)");
    return file;
  }

  Connection open() throws SQLException {
    return JDBC.createConnection(JDBC.PREFIX + SqliteConnections.uri(path), new Properties());
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  List<String> query(String sql) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
          row.add(found.getString(column));
        }
        rows.add(String.join("|", row));
      }
      return rows;
    }
  }

  /** Everything that SQL can see, row ids and settings included. */
  List<String> dump() throws SQLException {
    List<String> dump = new ArrayList<>();
    for (String setting : List.of("page_size", "user_version", "application_id", "journal_mode")) {
      dump.add(setting + "=" + query("PRAGMA " + setting));
    }
    dump.addAll(query("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"));
    for (String table : query("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
      String quoted = "\"" + table + "\"";
      dump.add(table);
      List<String> columns = new ArrayList<>();
      for (String column : query("SELECT name FROM pragma_table_info('" + table + "')")) {
        columns.add("quote(\"" + column + "\")");
      }
      dump.addAll(
          query("SELECT rowid, " + String.join(", ", columns) + " FROM " + quoted + " ORDER BY 1"));
    }
    dump.add("integrity=" + query("PRAGMA integrity_check"));
    return dump;
  }

  /** What lies beside the database's own file. */
  List<String> beside() {
    return DatabaseFiles.BESIDE.stream()
        .filter(part -> Files.exists(DatabaseFiles.of(path).part(part)))
        .toList();
  }
}
