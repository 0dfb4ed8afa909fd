package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.ProblemException;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.DB;

/** Fills a snapshot's directory: the copy, checked and on disk, then its description. */
final class SnapshotTaking {

  /** What a read-only connection says of a database that must be repaired first. */
  private static final Set<SQLiteErrorCode> CUT_SHORT =
      Set.of(SQLiteErrorCode.SQLITE_READONLY_ROLLBACK, SQLiteErrorCode.SQLITE_READONLY_RECOVERY);

  private final DatabaseFiles source;
  private final Disk disk;
  private final Clock clock;
  private final Duration patience;
  private final Complaint complaint;

  SnapshotTaking(
      DatabaseFiles source, Disk disk, Clock clock, Duration patience, Complaint complaint) {
    this.source = source;
    this.disk = disk;
    this.clock = clock;
    this.patience = patience;
    this.complaint = complaint;
  }

  void into(Path directory) throws ProblemException {
    DatabaseFiles copy = DatabaseFiles.of(directory.resolve(SnapshotRecord.COPY));
    try {
      copy.deleteAll(disk);
      fill(copy).write(directory);
    } catch (ProblemException e) {
      throw discard(copy, e);
    } catch (SQLException e) {
      throw discard(copy, complaint.about(e));
    } catch (IOException e) {
      throw discard(copy, complaint.about(e));
    }
  }

  /** Leaves nothing of a copy that failed: it may have filled the disk. */
  private ProblemException discard(DatabaseFiles copy, ProblemException failure) {
    try {
      copy.deleteAll(disk);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private SnapshotRecord fill(DatabaseFiles copy)
      throws ProblemException, IOException, SQLException {
    DatabaseState before = DatabaseState.of(source, disk, complaint);
    FileState main = before.main();
    if (main == null) {
      return SnapshotRecord.absent();
    }
    requireRoom(copy.directory(), before.bytes());
    SqliteConnections.loadLibrary(complaint);
    copyTo(copy);
    new CopyCheck(complaint).requireSound(copy.main());
    disk.force(copy.main());
    return SnapshotRecord.of(copy.main(), main.owner(), unwrittenSince(before));
  }

  private void copyTo(DatabaseFiles copy) throws ProblemException, IOException, SQLException {
    try {
      Files.createFile(
          copy.main(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      OnlineCopy.make(source.resolved(), copy.main(), patience);
    } catch (SQLException e) {
      if (!isCutShort(e)) {
        throw e;
      }
      new RecoveredCopy(source, disk, complaint).make(copy);
    }
  }

  /** Whether a database must be repaired before anybody can read it. */
  static boolean isCutShort(SQLException e) {
    return CUT_SHORT.contains(SqliteConnections.code(e));
  }

  /** When the database was last written, if that was before this copy was begun and is certain. */
  private @Nullable FileTime unwrittenSince(DatabaseState before) throws ProblemException {
    DatabaseState after = DatabaseState.of(source, disk, complaint);
    FileState main = after.main();
    boolean unwritten =
        before.wholeInItself()
            && before.quietFor(Mark.QUIET, clock.instant())
            && after.word().equals(before.word());
    return unwritten && main != null ? main.modified() : null;
  }

  private void requireRoom(Path directory, long bytes) throws ProblemException, IOException {
    long free = disk.free(directory);
    if (free < bytes) {
      throw complaint.noRoom(directory, bytes, free);
    }
  }

  /**
   * A copy as of one instant of a database that others may be writing, by SQLite's online backup:
   * page for page, so that page size, free pages, row ids, {@code user_version}, {@code
   * application_id} and journal mode are those of the original; {@code VACUUM INTO} would give new
   * ones. Only the counter of changes in the header differs.
   *
   * <p>All pages are copied under one read lock. In WAL mode writers go on meanwhile; in rollback
   * mode their commits wait. Copying in small portions would let them through, but start anew at
   * each of their commits, and so never end under a steady writer.
   */
  private static final class OnlineCopy {

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
}
