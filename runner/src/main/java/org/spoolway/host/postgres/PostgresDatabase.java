package org.spoolway.host.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.host.Database;
import org.spoolway.host.Database.CopyMethod;
import org.spoolway.host.postgres.Attempts.Work;
import org.spoolway.host.postgres.SnapshotRecord.Copy;
import org.spoolway.host.postgres.SnapshotRecord.Kind;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * One database of a PostgreSQL server.
 *
 * <p>A snapshot is another database beside it, or a dump where there is no room for one. Going back
 * is two renames in one transaction, whatever the size: the database that failed keeps a name of
 * its own until it is pruned. The databases that are part of a snapshot let nobody in, and are
 * known by their numbers, which they keep under any name.
 *
 * <p>A server that is lost in the middle is waited for. What then is done again looks first how far
 * it had come; so it is after a crash of the runner.
 */
public final class PostgresDatabase implements Database {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

  private static final String ABSENT = "absent";

  private final Server server;
  private final Psql psql;

  /**
   * The database that a deployment file names.
   *
   * @param deployment the deployment's name
   */
  public PostgresDatabase(
      String deployment, Database.PostgreSql settings, ClientPrograms programs) {
    this.server = Server.of(deployment, settings, programs);
    this.psql = server.psql();
  }

  @Override
  public Readiness requireReady() throws ProblemException {
    Complaint complaint = complaint(Problem.SNAPSHOT_FAILED, "copy");
    return attempt(
        complaint,
        () -> {
          Optional<DatabaseFacts> live = DatabaseFacts.named(psql, server.name());
          if (live.isEmpty()) {
            return new Readiness(0, "there is no database " + server.name() + " yet");
          }
          Conditions conditions = Conditions.of(psql, server.name());
          conditions.require(complaint);
          if (!conditions.superuser()) {
            server.templates(complaint).requireRights(live.get());
          }
          MethodChoice choice = choose(conditions);
          if (!choice.isPossible()) {
            throw new ProblemException(
                Problem.DISK_FULL,
                "cannot copy the database " + server.name() + ": " + choice.why());
          }
          if (choice.method() == CopyMethod.DUMP) {
            server.dumps(complaint).requireFitting(conditions.major());
            return new Readiness(conditions.bytes(), choice.why());
          }
          return new Readiness(0, choice.why());
        });
  }

  private MethodChoice choose(Conditions conditions) throws IOException {
    return MethodChoice.of(server.settings().method(), conditions.bytes(), conditions.free());
  }

  @Override
  public void snapshot(Path directory) throws ProblemException {
    Complaint complaint = complaint(Problem.SNAPSHOT_FAILED, "copy");
    take(
        directory,
        complaint,
        (live, conditions) -> {
          conditions.require(complaint);
          if (choose(conditions).method() == CopyMethod.DUMP) {
            dump(live, directory, conditions.major(), complaint);
          } else {
            copy(live, directory, conditions.major(), complaint);
          }
        });
  }

  @Override
  public void backup(Path directory) throws ProblemException {
    Complaint complaint = complaint(Problem.SNAPSHOT_FAILED, "back up");
    take(
        directory,
        complaint,
        (live, conditions) -> dump(live, directory, conditions.major(), complaint));
  }

  /** How a database that exists is copied. */
  @FunctionalInterface
  private interface Copying {
    void of(DatabaseFacts live, Conditions conditions)
        throws SqlFailure, IOException, ProblemException;
  }

  private void take(Path directory, Complaint complaint, Copying copying) throws ProblemException {
    carryOut(
        complaint,
        () -> {
          Optional<DatabaseFacts> live = DatabaseFacts.named(psql, server.name());
          if (live.isEmpty()) {
            SnapshotRecord.absent().write(directory);
          } else {
            copying.of(live.get(), Conditions.of(psql, server.name()));
          }
        });
  }

  /** The original is shut while it is copied, and opened again whatever comes of that. */
  private void copy(DatabaseFacts live, Path directory, int major, Complaint complaint)
      throws SqlFailure, IOException, ProblemException {
    TemplateCopy templates = server.templates(complaint);
    String name = templates.begin(server.name(), directory);
    try {
      Copy copy = templates.make(live, live.name(), name, major, Sessions.allow(live.name()));
      SnapshotRecord.copy(live, List.of(copy)).write(directory);
    } catch (SqlFailure | IOException | ProblemException e) {
      reopen(e);
      throw e;
    }
  }

  private void reopen(Exception failure) {
    try {
      psql.execute(Sessions.allow(server.name()), server.patience());
    } catch (SqlFailure | IOException e) {
      // Whoever undoes the step that failed opens it again.
      failure.addSuppressed(e);
    }
  }

  private void dump(DatabaseFacts live, Path directory, int major, Complaint complaint)
      throws SqlFailure, IOException, ProblemException {
    Dump dump = server.dumps(complaint);
    SnapshotRecord record = SnapshotRecord.dump(live, dump.write(live.name(), directory, major));
    if (server.settings().verify() == DumpProof.RESTORE) {
      String scratch = server.templates(complaint).begin(server.name(), directory);
      server.templates(complaint).makeEmpty(live, scratch, major);
      dump.read(record, directory, scratch, major);
      server.templates(complaint).drop(scratch);
    }
    record.write(directory);
  }

  @Override
  public Path stage(Path snapshot, Path staged, Afterwards afterwards) throws ProblemException {
    Complaint complaint = complaint(Problem.RESTORE_FAILED, "restore");
    return attempt(
        complaint,
        () -> {
          SnapshotRecord record = read(snapshot, complaint);
          if (record.kind() == Kind.ABSENT) {
            return snapshot;
          }
          Restoration restoration = server.restoration(complaint);
          if (record.kind() == Kind.COPY) {
            restoration.requireIdle(record);
            if (afterwards == Afterwards.USED_UP) {
              return snapshot;
            }
          }
          restoration.freshCopy(record, snapshot, staged);
          return staged;
        });
  }

  @Override
  public void restore(Path snapshot, Path aside) throws ProblemException {
    Complaint complaint = complaint(Problem.RESTORE_FAILED, "restore");
    goBack(
        complaint,
        () -> {
          server.restoration(complaint).restore(read(snapshot, complaint), snapshot, aside);
        });
  }

  @Override
  public boolean exchanges() {
    return true;
  }

  @Override
  public void discard(Path snapshot) throws ProblemException {
    Complaint complaint = complaint(Problem.SNAPSHOT_FAILED, "drop a copy of");
    goBack(
        complaint,
        () -> {
          for (Path directory : List.of(snapshot, SnapshotRecord.madeOf(snapshot))) {
            Optional<SnapshotRecord> record = SnapshotRecord.read(directory);
            if (record.isPresent()) {
              server.templates(complaint).drop(record.get());
            }
          }
          Optional<DatabaseFacts> live = DatabaseFacts.named(psql, server.name());
          if (live.isPresent() && !live.get().allowsConnections()) {
            psql.execute(Sessions.allow(server.name()), server.patience());
          }
        });
  }

  @Override
  public long bytesElsewhere(Path snapshot) {
    try {
      long bytes = 0;
      for (Copy copy :
          SnapshotRecord.read(snapshot).map(SnapshotRecord::copies).orElse(List.of())) {
        bytes +=
            psql.look(
                    "SELECT to_json(pg_database_size(oid)) FROM pg_database WHERE oid = "
                        + copy.oid(),
                    Long.class)
                .orElse(0L);
      }
      return bytes;
    } catch (SqlFailure | IOException e) {
      LOG.warn("cannot tell how large {} is: {}", snapshot, e.getMessage());
      return 0;
    }
  }

  @Override
  public String mark() throws ProblemException {
    return attempt(
        complaint(Problem.SNAPSHOT_FAILED, "look at"),
        () ->
            DatabaseFacts.named(psql, server.name()).isEmpty()
                ? ABSENT
                : WriteCounters.word(psql, server.name()));
  }

  @Override
  public Contents contents() throws ProblemException {
    return attempt(
        complaint(Problem.SNAPSHOT_FAILED, "look at"),
        () ->
            DatabaseFacts.named(psql, server.name()).isEmpty()
                ? new Contents(ABSENT, ABSENT, List.of())
                : ContentsQuery.ask(psql, server.name()));
  }

  private void carryOut(Complaint complaint, Attempts.Task task) throws ProblemException {
    server.attempts(complaint).carryOut(task);
  }

  private void goBack(Complaint complaint, Attempts.Task task) throws ProblemException {
    server.patientAttempts(complaint).carryOut(task);
  }

  private <T> T attempt(Complaint complaint, Work<T> work) throws ProblemException {
    return server.attempts(complaint).carryOut(work);
  }

  private static SnapshotRecord read(Path snapshot, Complaint complaint)
      throws IOException, ProblemException {
    return SnapshotRecord.read(snapshot)
        .filter(record -> record.kind() != Kind.BEGUN)
        .orElseThrow(() -> complaint.about(snapshot + " holds no whole snapshot"));
  }

  private Complaint complaint(Problem problem, String verb) {
    return server.complaint(problem, verb);
  }
}
