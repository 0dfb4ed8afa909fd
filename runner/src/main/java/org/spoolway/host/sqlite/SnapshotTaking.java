package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.ProblemException;
import org.sqlite.SQLiteErrorCode;

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
    DatabaseState before = DatabaseState.of(source, complaint);
    FileState main = before.main();
    if (main == null) {
      return SnapshotRecord.absent();
    }
    requireRoom(copy.directory(), before.bytes());
    NativeLibrary.load(complaint);
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
      if (!CUT_SHORT.contains(SqliteConnections.code(e))) {
        throw e;
      }
      new RecoveredCopy(source, disk, complaint).make(copy);
    }
  }

  /** When the database was last written, if that was before this copy was begun and is certain. */
  private @Nullable FileTime unwrittenSince(DatabaseState before) throws ProblemException {
    DatabaseState after = DatabaseState.of(source, complaint);
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
}
