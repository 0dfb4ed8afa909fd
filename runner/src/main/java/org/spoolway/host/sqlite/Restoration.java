package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.Checksum;
import org.spoolway.host.sqlite.FileState.Ownership;
import org.spoolway.problem.ProblemException;

/**
 * Puts a snapshot in place of the present database.
 *
 * <ol>
 *   <li>The copy is made below {@code aside}, compared with its checksum, dressed like the file
 *       that it will replace, and forced. Until here nothing was touched.
 *   <li>The present database moves aside, its own file first, then what lies beside it; forced.
 *   <li>The copy is renamed into place; forced.
 * </ol>
 *
 * <p>So there is never a restored database beside a journal or log of the one before. A restore
 * that is repeated after a crash goes on: a copy that is in place already is known by its checksum,
 * and what is aside is never overwritten (see {@link SetAside}).
 */
final class Restoration {

  /** The name below {@code aside} of the copy that will be put in place. */
  private static final String STAGED = ".restored";

  /** The name, below what a restore put aside, of the snapshot that is made of it. */
  private static final String MADE_OF_REPLACED = "as-snapshot";

  private final DatabaseFiles present;
  private final Disk disk;
  private final Complaint complaint;

  Restoration(DatabaseFiles present, Disk disk, Complaint complaint) {
    this.present = present;
    this.disk = disk;
    this.complaint = complaint;
  }

  void restore(Path snapshot, Path aside) throws ProblemException {
    try {
      Path source = source(snapshot);
      SnapshotRecord record = requireWhole(source);
      DatabaseState state = DatabaseState.of(present, disk, complaint);
      if (isInPlace(record, state)) {
        finish(aside);
      } else {
        disk.createDirectory(aside);
        replace(source, record, aside);
      }
    } catch (SQLException e) {
      throw complaint.about(e);
    } catch (IOException e) {
      throw complaint.about(e);
    }
  }

  /** What a restore put aside has no checksum of its own; it is looked at when it is put back. */
  void requireIntact(Path snapshot) throws ProblemException {
    try {
      SnapshotRecord record = SnapshotRecord.read(snapshot);
      if (record == null) {
        requireSomething(snapshot);
        return;
      }
      Path copy = snapshot.resolve(SnapshotRecord.COPY);
      if (!record.isAbsent() && !Checksum.of(copy).equals(record.sha256())) {
        throw damaged(copy);
      }
    } catch (IOException e) {
      throw complaint.about(e);
    }
  }

  private void requireSomething(Path snapshot) throws ProblemException {
    if (DatabaseState.of(present.in(snapshot), disk, complaint).main() == null) {
      throw complaint.about(snapshot + " holds no whole snapshot");
    }
  }

  private ProblemException damaged(Path copy) {
    return complaint.about(
        "the snapshot " + copy + " does not fit its checksum; nothing was changed",
        "Check the disk; restore an older snapshot that `spoolway snapshots` lists.",
        null);
  }

  private void replace(Path source, SnapshotRecord record, Path aside)
      throws ProblemException, IOException {
    SetAside setAside = new SetAside(present, aside, disk);
    Path staged = aside.resolve(STAGED);
    disk.delete(staged);
    if (record.isAbsent()) {
      setAside.moveAll();
      return;
    }
    stage(source.resolve(SnapshotRecord.COPY), record, staged);
    disk.dress(staged, ownerToKeep(record, setAside), record.modifiedTime());
    setAside.moveAll();
    disk.move(staged, present.main());
    disk.force(present.directory());
  }

  private void stage(Path copy, SnapshotRecord record, Path staged)
      throws ProblemException, IOException {
    long free = disk.free(directory(staged));
    if (free < record.bytes()) {
      throw complaint.noRoom(directory(staged), record.bytes(), free);
    }
    String sha256 = copyWhole(copy, staged);
    if (!sha256.equals(record.sha256())) {
      disk.delete(staged);
      throw damaged(copy);
    }
  }

  private String copyWhole(Path copy, Path staged) throws ProblemException, IOException {
    try {
      return disk.copy(copy, staged);
    } catch (IOException e) {
      // Asked before the half copy makes room again: whether that is what it failed for.
      long free = disk.free(directory(staged));
      disk.delete(staged);
      if (free < Checksum.PORTION) {
        throw complaint.noRoom(directory(staged), Files.size(copy), free);
      }
      throw e;
    }
  }

  private static Path directory(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file in no directory");
  }

  /** The replaced file's; after a crash that lies aside already. */
  private Ownership ownerToKeep(SnapshotRecord record, SetAside setAside) throws IOException {
    FileState main = disk.state(present.main());
    FileState replaced = main == null ? setAside.first() : main;
    return replaced == null ? Objects.requireNonNull(record.owner()) : replaced.owner();
  }

  /** A crash may have come after the last rename, and before it was known to be on disk. */
  private void finish(Path aside) throws IOException {
    disk.delete(aside.resolve(STAGED));
    disk.force(present.directory());
  }

  private Path source(Path snapshot) throws ProblemException, IOException, SQLException {
    if (SnapshotRecord.read(snapshot) != null) {
      return snapshot;
    }
    Path made = asSnapshot(present.in(snapshot));
    return made == null ? snapshot : made;
  }

  /**
   * What a restore put aside, as a snapshot that can be put back in turn. It is made only when
   * somebody asks for that, in a directory of its own beside what it is made of, which stays.
   *
   * @return the snapshot's directory, or null when no database was put aside there
   */
  private @Nullable Path asSnapshot(DatabaseFiles replaced)
      throws ProblemException, IOException, SQLException {
    FileState main = DatabaseState.of(replaced, disk, complaint).main();
    if (main == null) {
      return null;
    }
    Path directory = replaced.directory().resolve(MADE_OF_REPLACED);
    if (SnapshotRecord.read(directory) == null) {
      disk.createDirectory(directory);
      DatabaseFiles copy = DatabaseFiles.of(directory.resolve(SnapshotRecord.COPY));
      SqliteConnections.loadLibrary(complaint);
      new RecoveredCopy(replaced, disk, complaint).make(copy);
      new CopyCheck(complaint).requireSound(copy.main());
      disk.force(copy.main());
      SnapshotRecord.of(copy.main(), main.owner(), null).write(directory);
    }
    return directory;
  }

  private SnapshotRecord requireWhole(Path snapshot) throws ProblemException, IOException {
    SnapshotRecord record = SnapshotRecord.read(snapshot);
    if (record == null) {
      throw complaint.about(snapshot + " holds no whole snapshot");
    }
    return record;
  }

  private boolean isInPlace(SnapshotRecord record, DatabaseState state) throws IOException {
    FileState main = state.main();
    if (record.isAbsent() || main == null) {
      return record.isAbsent() && state.isNothing();
    }
    return state.wholeInItself()
        && main.bytes() == record.bytes()
        && disk.checksum(present.main()).equals(record.sha256());
  }
}
