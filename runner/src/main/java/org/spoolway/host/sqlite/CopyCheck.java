package org.spoolway.host.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.problem.ProblemException;
import org.sqlite.SQLiteErrorCode;

/**
 * Proves that a copy is a sound database. {@code quick_check} walks every page, at the speed of
 * reading them; {@code integrity_check} would compare indexes with tables too, which copying pages
 * cannot set at odds, at several times the cost while users wait.
 *
 * <p>A schema may name collations and functions that only the application has. Then what can be
 * checked without them is checked, table by table.
 */
final class CopyCheck {

  private static final Logger LOG = LoggerFactory.getLogger(CopyCheck.class);

  private final Complaint complaint;

  CopyCheck(Complaint complaint) {
    this.complaint = complaint;
  }

  void requireSound(Path copy) throws ProblemException, SQLException {
    try (Connection connection = SqliteConnections.immutable(copy);
        Statement statement = connection.createStatement()) {
      // A constraint is the application's affair, and may call functions that only it has.
      statement.execute("PRAGMA ignore_check_constraints = ON");
      if (!checked(statement, "PRAGMA quick_check(1)")) {
        for (String table : tables(statement)) {
          if (!checked(statement, "PRAGMA quick_check(" + quoted(table) + ")")) {
            LOG.info("table {} of {} cannot be checked without the application", table, copy);
          }
        }
      }
    }
  }

  /** Whether the check could be made at all. */
  private boolean checked(Statement statement, String pragma)
      throws ProblemException, SQLException {
    try (ResultSet found = statement.executeQuery(pragma)) {
      String verdict = found.next() ? found.getString(1) : "it said nothing";
      if (!"ok".equals(verdict)) {
        throw complaint.damaged(verdict);
      }
      return true;
    } catch (SQLException e) {
      if (SqliteConnections.primaryCode(e) == SQLiteErrorCode.SQLITE_ERROR) {
        return false;
      }
      throw e;
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
      while (found.next()) {
        names.add(found.getString(1));
      }
    }
    return names;
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
