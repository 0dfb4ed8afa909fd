package org.spoolway.host.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.spoolway.host.Database;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * One SQLite file, in rollback-journal or WAL mode.
 *
 * <p>The path must name a plain file, or nothing yet; a symbolic link there is refused, since what
 * is renamed away and into place would be the link. Directories above it may be links.
 *
 * <p>Copying a database in WAL mode makes SQLite create its empty {@code -wal} and {@code -shm}
 * beside it while nobody has it open. They belong to the file's owner if the runner is root, and to
 * the runner otherwise: an unprivileged runner should be the user who owns the database.
 *
 * <p>SQLite's native library is unpacked to {@code java.io.tmpdir}, which must allow execution and
 * have 2 MB free. The system property {@code org.sqlite.tmpdir} names another directory, and {@code
 * org.sqlite.lib.path} one in which the library lies unpacked already.
 */
public final class SqliteDatabase implements Database {

  /** How long a snapshot waits for a lock that the application holds. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final DatabaseFiles files;
  private final Clock clock;
  private final Disk disk;
  private final Duration patience;

  /**
   * The database in a file, which need not exist yet.
   *
   * @param clock tells how long ago the file was written
   */
  public SqliteDatabase(Path file, Clock clock) {
    this(file, clock, new LocalDisk(), PATIENCE);
  }

  /**
   * Answers the questions of a runner that is not to work in the database's directory itself, until
   * there are no more.
   */
  public static void serve(InputStream questions, OutputStream answers, Clock clock)
      throws IOException {
    Delegate.serve(questions, answers, clock);
  }

  SqliteDatabase(Path file, Clock clock, Disk disk, Duration patience) {
    this.files = DatabaseFiles.of(file);
    this.clock = clock;
    this.disk = disk;
    this.patience = patience;
  }

  @Override
  public Readiness requireReady() throws ProblemException {
    return readiness(files.main(), snapshotBytes());
  }

  static Readiness readiness(Path file, long bytes) {
    String method = bytes == 0 ? "there are none yet: %s does not exist" : "%s can be copied";
    return new Readiness(bytes, method.formatted(file));
  }

  private long snapshotBytes() throws ProblemException {
    Complaint complaint = complaint(Problem.SNAPSHOT_FAILED, "copy");
    DatabaseState state = DatabaseState.of(files, disk, complaint);
    if (state.main() == null) {
      return 0;
    }
    SqliteConnections.loadLibrary(complaint);
    try {
      // SQLite itself is not asked: it would create files beside a database in WAL mode.
      if (!files.isDatabase()) {
        throw complaint.notSqlite(null);
      }
    } catch (IOException e) {
      throw complaint.about(e);
    }
    return state.bytes();
  }

  @Override
  public void snapshot(Path directory) throws ProblemException {
    Complaint complaint = complaint(Problem.SNAPSHOT_FAILED, "copy");
    new SnapshotTaking(files, disk, clock, patience, complaint).into(directory);
  }

  @Override
  public Path stage(Path snapshot, Path staged, Afterwards afterwards) throws ProblemException {
    Complaint complaint = complaint(Problem.RESTORE_FAILED, "restore");
    new Restoration(files, disk, complaint).requireIntact(snapshot);
    return snapshot;
  }

  @Override
  public void restore(Path snapshot, Path aside) throws ProblemException {
    Complaint complaint = complaint(Problem.RESTORE_FAILED, "restore");
    new Restoration(files, disk, complaint).restore(snapshot, aside);
  }

  @Override
  public String mark() throws ProblemException {
    return new Mark(files, disk, clock, complaint(Problem.SNAPSHOT_FAILED, "look at")).take();
  }

  /** One that must be repaired before it can be read suits nobody. */
  @Override
  public Contents contents() throws ProblemException {
    String mark = mark();
    Complaint complaint = complaint(Problem.SNAPSHOT_FAILED, "look at");
    if (DatabaseState.of(files, disk, complaint).main() == null) {
      return new Contents(mark, "absent", List.of());
    }
    SqliteConnections.loadLibrary(complaint);
    try {
      return ContentsReader.read(files.resolved(), mark, patience);
    } catch (SQLException e) {
      if (SnapshotTaking.isCutShort(e)) {
        return new Contents(mark, "unreadable", List.of());
      }
      throw complaint.about(e);
    } catch (IOException e) {
      throw complaint.about(e);
    }
  }

  private Complaint complaint(Problem problem, String verb) {
    return new Complaint(problem, verb, files.main());
  }
}
