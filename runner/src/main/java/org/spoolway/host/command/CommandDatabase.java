package org.spoolway.host.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.Accounts;
import org.spoolway.host.Commands;
import org.spoolway.host.Database;
import org.spoolway.host.Output;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Data of any kind, which commands of the deployment file copy and put back.
 *
 * <p>Without a command that tells what was written, everything may have been; without one that
 * tells the form of the data, they may have any. So each word that nobody tells is a new one, which
 * equals no other: going back then takes nothing away that somebody may have written, and starts no
 * release on data that may not suit it, unless it is asked to bring the old ones back. A constant
 * would say the opposite of both.
 */
public final class CommandDatabase implements Database {

  private static final byte[] NOTE =
      "Commands are putting data back, or were cut short at it.\n".getBytes(StandardCharsets.UTF_8);

  private final CommandSettings settings;
  private final Runs runs;
  private final Loan loan;

  /**
   * The data that a deployment file tells of.
   *
   * @param commands runs what that file names
   * @param accounts the host's users and groups
   */
  public CommandDatabase(CommandSettings settings, Commands commands, Accounts accounts) {
    this(settings, new Runs(settings, commands), new Loan(settings.commands().user(), accounts));
  }

  private CommandDatabase(CommandSettings settings, Runs runs, Loan loan) {
    this.settings = settings;
    this.runs = runs;
    this.loan = loan;
  }

  @Override
  public Database printingTo(Output output) {
    return new CommandDatabase(settings, runs.printingTo(output), loan);
  }

  @Override
  public Readiness requireReady() throws ProblemException {
    Complaint complaint = complaint(Problem.SNAPSHOT_FAILED, "copy");
    for (List<String> line : settings.commands().all()) {
      if (!settings.isThere(line)) {
        throw complaint.about(line, settings.whatIsMissing(line));
      }
    }
    List<String> size = settings.commands().size();
    if (size.isEmpty()) {
      return new Readiness(0, "`database.snapshot` copies them; how much that is nobody tells");
    }
    long bytes = bytes(runs.ask(size, complaint), complaint);
    return new Readiness(bytes, "`database.snapshot` copies " + bytes + " bytes");
  }

  private long bytes(Printed answer, Complaint complaint) throws ProblemException {
    try {
      long bytes = Long.parseLong(answer.lastLine().strip());
      if (bytes >= 0) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // As wrong as one below zero.
    }
    throw complaint.about(
        settings.commands().size(),
        "it printed \"" + answer.lastLine() + "\", which is no number of bytes");
  }

  @Override
  public void snapshot(Path directory) throws ProblemException {
    Complaint complaint = complaint(Problem.SNAPSHOT_FAILED, "copy");
    runs.requireAllEnded();
    try {
      // A new job begins, so whoever was to help has put right what was cut short.
      DurableFiles.remove(settings.state().restoring());
    } catch (IOException e) {
      throw complaint.about(e);
    }
    take(directory, complaint);
  }

  private void take(Path directory, Complaint complaint) throws ProblemException {
    new SnapshotTaking(settings.commands().snapshot(), runs, loan, complaint).into(directory);
  }

  @Override
  public Path stage(Path snapshot, Path staged, Afterwards afterwards) throws ProblemException {
    requireWhole(snapshot, complaint(Problem.RESTORE_FAILED, "restore"));
    return snapshot;
  }

  /**
   * What is aside whole was there before anything was put back, so it stays as it is. What a
   * restore that was cut short has left is neither the old data nor the new: nothing of it is put
   * aside, and commands that copy data may not even cope with it.
   */
  @Override
  public void restore(Path snapshot, Path aside) throws ProblemException {
    Complaint complaint = complaint(Problem.RESTORE_FAILED, "restore");
    runs.requireAllEnded();
    requireWhole(snapshot, complaint);
    try {
      Path restoring = settings.state().restoring();
      if (!Files.exists(restoring)) {
        if (SnapshotRecord.read(aside).isEmpty()) {
          take(aside, complaint(Problem.RESTORE_FAILED, "put aside"));
        }
        DurableFiles.replace(restoring, NOTE, "rw-------");
      }
      runs.inCopy(settings.commands().restore(), SnapshotRecord.copy(snapshot), complaint);
      DurableFiles.remove(restoring);
    } catch (IOException e) {
      throw complaint.about(e);
    }
  }

  private static void requireWhole(Path snapshot, Complaint complaint) throws ProblemException {
    try {
      SnapshotRecord record =
          SnapshotRecord.read(snapshot)
              .orElseThrow(() -> complaint.about(snapshot + " holds no whole snapshot"));
      Path copy = SnapshotRecord.copy(snapshot);
      if (!Files.isDirectory(copy) || !SnapshotRecord.of(snapshot).equals(record)) {
        throw complaint.about(
            "the copy " + copy + " does not fit its checksums; nothing was changed",
            "Check the disk; restore an older snapshot that `spoolway snapshots` lists.");
      }
    } catch (IOException e) {
      throw complaint.about(e);
    }
  }

  @Override
  public String mark() throws ProblemException {
    return word(settings.commands().mark());
  }

  @Override
  public Contents contents() throws ProblemException {
    return new Contents(mark(), word(settings.commands().schema()), List.of());
  }

  private String word(List<String> command) throws ProblemException {
    return command.isEmpty()
        ? Contents.untold()
        : runs.ask(command, complaint(Problem.SNAPSHOT_FAILED, "look at")).checksum();
  }

  private static Complaint complaint(Problem problem, String verb) {
    return new Complaint(problem, verb);
  }
}
