package org.spoolway.host.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Trees;
import org.spoolway.host.Database;
import org.spoolway.migration.SqlClient;
import org.spoolway.migration.SqlFiles;
import org.spoolway.migration.TrialDatabase;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Copies of a database on the same server, by pg_dump and pg_restore: the server itself copies none
 * that somebody is connected to. A copy has the original's owner, access list and settings, so
 * whoever works with the one can work with the other.
 */
public final class PostgresTrial implements TrialDatabase {

  /** What a dump, what is made of it and what a migration may write anew take, in originals. */
  private static final int ROOM = 3;

  private final Server server;
  private final Psql psql;
  private final @Nullable SqlFiles sql;

  /**
   * Of the database that a deployment file names.
   *
   * @param deployment the deployment's name
   * @param sql how the SQL of its releases is applied; null when they bring none
   */
  public PostgresTrial(
      String deployment,
      Database.PostgreSql settings,
      ClientPrograms programs,
      @Nullable SqlFiles sql) {
    this.server = Server.of(deployment, settings, programs);
    this.psql = server.psql();
    this.sql = sql;
  }

  @Override
  public OptionalLong bytes() throws ProblemException {
    return server
        .attempts(complaint())
        .carryOut(
            () ->
                DatabaseFacts.named(psql, server.name()).isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(Conditions.of(psql, server.name()).bytes()));
  }

  /**
   * Functions that constraints call are the application's, and run as whoever reads a dump back.
   */
  @Override
  public @Nullable String risk() throws ProblemException {
    boolean superuser =
        server.attempts(complaint()).carryOut(() -> Conditions.of(psql, server.name()).superuser());
    return superuser
        ? "a copy is made by a superuser, who runs functions of the application's for it;"
            + " `migrate.rehearse` = true says that this is meant"
        : null;
  }

  @Override
  public String copy(Path notes, Path directory) throws ProblemException {
    Complaint complaint = complaint();
    return server
        .attempts(complaint)
        .carryOut(
            () -> {
              DatabaseFacts live =
                  DatabaseFacts.named(psql, server.name())
                      .orElseThrow(() -> complaint.about("it is not there any more"));
              return copy(live, notes, complaint);
            });
  }

  private String copy(DatabaseFacts live, Path notes, Complaint complaint)
      throws SqlFailure, IOException, ProblemException {
    Conditions conditions = Conditions.of(psql, server.name());
    conditions.requireRights(complaint);
    OptionalLong free = conditions.free();
    if (free.isPresent() && free.getAsLong() < ROOM * conditions.bytes()) {
      throw new ProblemException(
          Problem.DISK_FULL, "cannot rehearse with a copy: the server has too little room for it");
    }
    SnapshotRecord dump =
        SnapshotRecord.dump(
            live, server.dumps(complaint).write(live.name(), notes, conditions.major()));
    SnapshotRecord made = server.restoration(complaint).freshCopy(dump, notes, notes);
    Trees.delete(Dump.directory(notes));
    String copy = made.copies().get(0).name();
    psql.execute(Sessions.allow(copy), server.patience());
    if (conditions.superuser()) {
      LockWatch.begin(psql, copy, server.patience());
    }
    return copy;
  }

  @Override
  public SqlClient sql(String copy) {
    return sql == null ? SqlClient.none() : new PsqlMigrations(server.settings(), copy, sql);
  }

  @Override
  public List<String> locks(String copy) throws ProblemException {
    return server.attempts(complaint()).carryOut(() -> LockWatch.told(psql, copy));
  }

  @Override
  public void discard(Path notes) throws ProblemException {
    Complaint complaint = complaint();
    server
        .patientAttempts(complaint)
        .carryOut(
            () -> {
              Optional<SnapshotRecord> record =
                  Files.isDirectory(notes) ? SnapshotRecord.read(notes) : Optional.empty();
              if (record.isPresent()) {
                drop(record.get(), complaint);
              }
            });
  }

  /** Whoever was tried on it may still be connected, or about to be. */
  private void drop(SnapshotRecord record, Complaint complaint) throws SqlFailure, IOException {
    for (SnapshotRecord.Copy copy : record.copies()) {
      Optional<DatabaseFacts> there = DatabaseFacts.named(psql, copy.name());
      if (there.isPresent() && isOurs(record, copy, there.get())) {
        psql.execute(
            Sessions.refuse(copy.name()) + Sessions.end(copy.name(), server.patience()),
            server.patience().multipliedBy(2));
      }
    }
    server.templates(complaint).drop(record);
  }

  /** A name that was written down before anything was made is nobody else's. */
  private static boolean isOurs(
      SnapshotRecord record, SnapshotRecord.Copy copy, DatabaseFacts there) {
    return record.kind() == SnapshotRecord.Kind.BEGUN || there.oid() == copy.oid();
  }

  private Complaint complaint() {
    return server.complaint(Problem.SNAPSHOT_FAILED, "rehearse with a copy of");
  }
}
