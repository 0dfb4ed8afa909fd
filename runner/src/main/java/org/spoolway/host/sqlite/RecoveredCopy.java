package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.spoolway.problem.ProblemException;

/**
 * A copy of a database that was left in the middle of a transaction, by a process that was killed.
 * SQLite would repair it at the next open, but only by writing it, and a journal can name any file
 * on the host to be deleted. So the files are copied as they are, and SQLite repairs the copy.
 *
 * <p>Nobody holds a lock on such files, but somebody may open them, and so repair them, at any
 * instant. A copy counts only when they were the same before and after it was made.
 */
final class RecoveredCopy {

  private static final int TRIES = 3;

  private final DatabaseFiles source;
  private final Disk disk;
  private final Complaint complaint;

  RecoveredCopy(DatabaseFiles source, Disk disk, Complaint complaint) {
    this.source = source;
    this.disk = disk;
    this.complaint = complaint;
  }

  /**
   * Copies and repairs.
   *
   * @param target in a directory that nobody else knows
   */
  void make(DatabaseFiles target) throws ProblemException, IOException, SQLException {
    for (int tries = 1; !copyUndisturbed(target); tries++) {
      if (tries == TRIES) {
        throw complaint.about("another process writes it without a lock");
      }
    }
    if (Files.exists(target.part(DatabaseFiles.JOURNAL)) && target.journalNamesAnother()) {
      throw complaint.about(
          "a transaction over several databases was cut short",
          "Start the application once, so that it puts its databases right, then ask again.",
          null);
    }
    repair(target);
  }

  private void repair(DatabaseFiles copy) throws ProblemException, IOException, SQLException {
    try (Connection connection = SqliteConnections.recovering(copy.main());
        Statement statement = connection.createStatement()) {
      statement.executeQuery("PRAGMA schema_version").close();
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    Path journal = copy.part(DatabaseFiles.JOURNAL);
    if (Files.exists(journal) && copy.isJournalSpent()) {
      disk.delete(journal);
    }
    if (!DatabaseState.of(copy, disk, complaint).wholeInItself()) {
      throw complaint.about("SQLite cannot repair what was cut short");
    }
    for (String part : DatabaseFiles.BESIDE) {
      disk.delete(copy.part(part));
    }
  }

  private boolean copyUndisturbed(DatabaseFiles target) throws ProblemException, IOException {
    target.deleteAll(disk);
    DatabaseState before = DatabaseState.of(source, disk, complaint);
    try {
      for (String part : DatabaseFiles.PARTS) {
        if (!part.equals(DatabaseFiles.SHM) && Files.exists(source.part(part))) {
          disk.copy(source.part(part), target.part(part));
        }
      }
    } catch (NoSuchFileException repaired) {
      return false;
    }
    return before.word().equals(DatabaseState.of(source, disk, complaint).word());
  }
}
