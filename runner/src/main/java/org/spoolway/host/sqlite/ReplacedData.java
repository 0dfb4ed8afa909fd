package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.ProblemException;

/**
 * What a restore put aside, as a snapshot that can be put back in turn. It is made only when
 * somebody asks for that, in a directory of its own beside what it is made of, which stays.
 */
final class ReplacedData {

  private static final String DIRECTORY = "as-snapshot";

  private final Disk disk;
  private final Complaint complaint;

  ReplacedData(Disk disk, Complaint complaint) {
    this.disk = disk;
    this.complaint = complaint;
  }

  /**
   * A snapshot of it.
   *
   * @return the snapshot's directory, or null when no database was put aside there
   */
  @Nullable Path asSnapshot(DatabaseFiles replaced)
      throws ProblemException, IOException, SQLException {
    FileState main = DatabaseState.of(replaced, complaint).main();
    if (main == null) {
      return null;
    }
    Path directory = replaced.directory().resolve(DIRECTORY);
    if (SnapshotRecord.read(directory) == null) {
      disk.createDirectory(directory);
      DatabaseFiles copy = DatabaseFiles.of(directory.resolve(SnapshotRecord.COPY));
      NativeLibrary.load(complaint);
      new RecoveredCopy(replaced, disk, complaint).make(copy);
      new CopyCheck(complaint).requireSound(copy.main());
      disk.force(copy.main());
      SnapshotRecord.of(copy.main(), main.owner(), null).write(directory);
    }
    return directory;
  }
}
