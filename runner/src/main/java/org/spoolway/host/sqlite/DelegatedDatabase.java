package org.spoolway.host.sqlite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.spoolway.host.Database;
import org.spoolway.host.sqlite.Wire.Question;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;

/**
 * One SQLite file in a directory that the application's user can write, for a runner that is root.
 *
 * <p>Whoever can write a directory can exchange any name in it, between any two looks at it. So the
 * runner opens, makes, renames and follows nothing there: a process that runs as the application's
 * user does that, and can be led by its names to nothing that this user could not reach. Snapshots
 * and what a restore puts aside stay in the runner's own directory, which that process cannot
 * enter: contents go through its standard input and output.
 *
 * <p>A snapshot is made by it beside the database and fetched from there, so it needs room for two.
 * A restore is the one of {@link Restoration}, to which the directory is another file system: what
 * is aside is whole before its original is removed, and a copy is whole before it gets its name.
 */
public final class DelegatedDatabase implements Database {

  private static final int LONGEST_RECORD = 1 << 16;

  /** It says so whenever it works on an answer; whoever stops it waits for its own job alone. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private final DatabaseFiles files;
  private final Delegation delegation;
  private final Duration silence;

  /** The database in a file, which need not exist yet. */
  public DelegatedDatabase(Path file, Delegation delegation) {
    this(file, delegation, SILENCE);
  }

  DelegatedDatabase(Path file, Delegation delegation, Duration silence) {
    this.files = DatabaseFiles.of(file);
    this.delegation = delegation;
    this.silence = silence;
  }

  @Override
  public Readiness requireReady() throws ProblemException {
    return SqliteDatabase.readiness(
        files.main(),
        2
            * inquire(
                complaint(Problem.SNAPSHOT_FAILED, "copy"),
                delegate ->
                    delegate.inquire(
                        Question.SNAPSHOT_BYTES,
                        Conversation.Arguments.NONE,
                        in -> in.readLong())));
  }

  @Override
  public String mark() throws ProblemException {
    return inquire(
        complaint(Problem.SNAPSHOT_FAILED, "look at"),
        delegate ->
            delegate.inquire(Question.MARK, Conversation.Arguments.NONE, in -> in.readUTF()));
  }

  @Override
  public Contents contents() throws ProblemException {
    return inquire(
        complaint(Problem.SNAPSHOT_FAILED, "look at"),
        delegate -> {
          String told =
              delegate.inquire(Question.CONTENTS, Conversation.Arguments.NONE, in -> in.readUTF());
          try {
            return SchemaJson.read(told.getBytes(StandardCharsets.UTF_8), Contents.class);
          } catch (SchemaJson.Malformed e) {
            throw new IOException("it tells something else than was asked for", e);
          }
        });
  }

  @Override
  public void snapshot(Path directory) throws ProblemException {
    Complaint complaint = complaint(Problem.SNAPSHOT_FAILED, "copy");
    carryOut(complaint, delegate -> fetch(delegate, directory, complaint));
  }

  private void fetch(Conversation delegate, Path directory, Complaint complaint)
      throws ProblemException, IOException {
    String made =
        delegate.inquire(Question.SNAPSHOT, Conversation.Arguments.NONE, in -> in.readUTF());
    ByteArrayOutputStream described = new ByteArrayOutputStream();
    delegate.inquire(
        Question.READ,
        out -> out.writeUTF(made + "/" + SnapshotRecord.FILE),
        in -> Wire.readContent(in, described, LONGEST_RECORD));
    SnapshotRecord record = SnapshotRecord.parse(described.toByteArray());
    if (!record.isAbsent()) {
      Path copy = directory.resolve(SnapshotRecord.COPY);
      LocalDisk disk = new LocalDisk();
      disk.delete(copy);
      long free = disk.free(directory);
      if (free < record.bytes()) {
        throw complaint.noRoom(directory, record.bytes(), free);
      }
      Path theirs = files.directory().resolve(made).resolve(SnapshotRecord.COPY);
      String sha256 = new DelegatedDisk(files, delegate).fetch(theirs, record.bytes(), copy);
      if (!sha256.equals(record.sha256())) {
        disk.delete(copy);
        throw complaint.about("its copy was changed on the way");
      }
    }
    record.write(directory);
    delegate.tell(Question.FORGET, Conversation.Arguments.NONE);
  }

  @Override
  public Path stage(Path snapshot, Path staged, Afterwards afterwards) throws ProblemException {
    Complaint complaint = complaint(Problem.RESTORE_FAILED, "restore");
    new Restoration(files, new LocalDisk(), complaint).requireIntact(snapshot);
    return snapshot;
  }

  @Override
  public void restore(Path snapshot, Path aside) throws ProblemException {
    Complaint complaint = complaint(Problem.RESTORE_FAILED, "restore");
    carryOut(
        complaint,
        delegate -> {
          Disk disk = new DelegatedDisk(files, delegate);
          new Restoration(files, disk, complaint).restore(snapshot, aside);
        });
  }

  @FunctionalInterface
  private interface Work {
    void with(Conversation delegate) throws ProblemException, IOException;
  }

  @FunctionalInterface
  private interface Inquiry<T> {
    T of(Conversation delegate) throws ProblemException, IOException;
  }

  private void carryOut(Complaint complaint, Work work) throws ProblemException {
    inquire(
        complaint,
        delegate -> {
          work.with(delegate);
          return complaint;
        });
  }

  private <T> T inquire(Complaint complaint, Inquiry<T> inquiry) throws ProblemException {
    try (Conversation delegate = new Conversation(delegation, files.main(), silence)) {
      return inquiry.of(delegate);
    } catch (IOException e) {
      throw complaint.about(e);
    }
  }

  private Complaint complaint(Problem problem, String verb) {
    return new Complaint(problem, verb, files.main());
  }
}
