package org.spoolway.host.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.spoolway.deployment.Trees;
import org.spoolway.durable.Checksum;
import org.spoolway.durable.DurableFiles;
import org.spoolway.durable.FreeBytes;
import org.spoolway.host.Interruption;
import org.spoolway.problem.ProblemException;

/** Fills a snapshot's directory: the copy, the runner's own and on disk, then its description. */
final class SnapshotTaking {

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final List<List<String>> commands;
  private final Runs runs;
  private final Loan loan;
  private final Complaint complaint;

  SnapshotTaking(List<List<String>> commands, Runs runs, Loan loan, Complaint complaint) {
    this.commands = commands;
    this.runs = runs;
    this.loan = loan;
    this.complaint = complaint;
  }

  /**
   * Takes one.
   *
   * @param snapshot made when it is missing; half a copy in it, left by a crash, makes room
   */
  void into(Path snapshot) throws ProblemException {
    try {
      createDirectory(snapshot);
      Trees.delete(SnapshotRecord.copy(snapshot));
      Files.createDirectory(SnapshotRecord.copy(snapshot), PRIVATE);
      fill(snapshot);
    } catch (ProblemException e) {
      throw discard(snapshot, e);
    } catch (IOException e) {
      throw discard(snapshot, complaint.about(e));
    }
  }

  private void fill(Path snapshot) throws ProblemException, IOException {
    Path copy = SnapshotRecord.copy(snapshot);
    loan.give(copy);
    runs.inCopy(commands, copy, complaint);
    loan.takeBack(copy);
    SnapshotRecord record = SnapshotRecord.of(snapshot);
    if (record.isEmpty()) {
      throw complaint.about("`database.snapshot` has written nothing into its directory");
    }
    Trees.force(copy, new Interruption());
    record.write(snapshot);
  }

  /** Leaves nothing of a copy that failed: it may have filled the disk, which is asked before. */
  private ProblemException discard(Path snapshot, ProblemException failure) {
    ProblemException told = failure;
    try {
      if (FreeBytes.of(snapshot) < Checksum.PORTION) {
        told = complaint.noRoom(snapshot, failure);
      }
      Trees.delete(SnapshotRecord.copy(snapshot));
    } catch (IOException e) {
      told.addSuppressed(e);
    }
    return told;
  }

  /** With those above it, for the runner alone; their names survive a power cut. */
  private static void createDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().resolveSibling("");
    createDirectory(parent);
    Files.createDirectory(directory, PRIVATE);
    DurableFiles.forceDirectory(parent);
  }
}
