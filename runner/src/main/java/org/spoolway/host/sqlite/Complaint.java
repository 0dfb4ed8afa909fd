package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.sqlite.SQLiteErrorCode;

/**
 * Says what went wrong with a database: {@code cannot copy the database /x/notes.db: <observed>}.
 *
 * @param problem the kind, when it is not a full disk
 * @param verb what was tried
 * @param database its file
 */
record Complaint(Problem problem, String verb, Path database) {

  ProblemException about(String observed) {
    return new ProblemException(problem, sentence(observed));
  }

  ProblemException about(String observed, String fix, @Nullable Throwable cause) {
    return new ProblemException(problem, sentence(observed), fix, cause);
  }

  ProblemException about(IOException e) {
    if (e instanceof FileSystemException named && named.getReason() == null) {
      return new ProblemException(
          problem, sentence(named.getClass().getSimpleName() + " " + named.getFile()), e);
    }
    return new ProblemException(problem, sentence(String.valueOf(e.getMessage())), e);
  }

  ProblemException about(SQLException e) {
    SQLiteErrorCode code = SqliteConnections.primaryCode(e);
    return switch (code) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          about(
              "another process keeps it locked",
              "End what keeps it locked (`fuser -v " + database + "` names it), then ask again.",
              e);
      case SQLITE_NOTADB -> notSqlite(e);
      case SQLITE_CORRUPT -> damaged(String.valueOf(e.getMessage()));
      case SQLITE_FULL ->
          new ProblemException(Problem.DISK_FULL, sentence("no space is left for the copy"), e);
      default -> new ProblemException(problem, sentence(String.valueOf(e.getMessage())), e);
    };
  }

  ProblemException damaged(String verdict) {
    return about(
        "it is damaged (" + verdict.lines().findFirst().orElse("") + ")",
        "Look at it with `sqlite3 " + database + " 'PRAGMA integrity_check'`, then ask again.",
        null);
  }

  ProblemException noRoom(Path directory, long needed, long free) {
    return new ProblemException(
        Problem.DISK_FULL,
        sentence(needed + " bytes are needed in " + directory + ", " + free + " are free"));
  }

  ProblemException notSqlite(@Nullable Throwable cause) {
    return about(
        "it is not a SQLite database", "Name the database's file in `database.path`.", cause);
  }

  private String sentence(String observed) {
    return "cannot " + verb + " the database " + database + ": " + observed;
  }
}
