package org.spoolway.host.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.postgres.DatabaseFacts.Place;
import org.spoolway.host.postgres.SnapshotRecord.Copy;
import org.spoolway.host.postgres.SnapshotRecord.Kind;
import org.spoolway.problem.ProblemException;

/**
 * Makes databases that nobody can connect to yet: a copy that the server makes of another one, or
 * an empty one with the same encoding and collation, for a dump.
 */
final class TemplateCopy {

  /**
   * From this version on there is a choice of how to copy, and the default writes all to the log.
   */
  private static final int HAS_STRATEGIES = 15;

  /** From this version on collations can be of ICU for a whole database. */
  private static final int HAS_PROVIDERS = 15;

  /** A database of terabytes takes hours; a copy that hangs must end some day. */
  private static final Duration LIMIT = Duration.ofHours(24);

  /**
   * The server waits until all of its processes have let go of the files, those of other databases
   * too; one that hangs must not keep the queue waiting for ever.
   */
  private static final Duration DROP_LIMIT = Duration.ofMinutes(10);

  /** Where a database lies without saying so; to say it takes a right that owners lack. */
  private static final String USUAL_TABLESPACE = "pg_default";

  private final Psql psql;
  private final Complaint complaint;
  private final Duration patience;

  TemplateCopy(Psql psql, Complaint complaint, Duration patience) {
    this.psql = psql;
    this.complaint = complaint;
    this.patience = patience;
  }

  /**
   * Finds a name for a database of a snapshot, and writes it down there. What an attempt that was
   * cut short has left makes room.
   *
   * @param database the one that copies are called after
   */
  String begin(String database, Path directory) throws SqlFailure, IOException {
    Optional<SnapshotRecord> left = SnapshotRecord.read(directory);
    if (left.isPresent()) {
      drop(left.get());
    }
    String name = CopyName.free(database, directory, psql.databases());
    SnapshotRecord.begun(name).write(directory);
    return name;
  }

  /**
   * Copies a database.
   *
   * @param model whose owner, access list and settings the copy gets
   * @param source the database that is copied; it is shut for that
   * @param then what is done with the source once it is copied
   */
  Copy make(DatabaseFacts model, String source, String name, int major, String then)
      throws SqlFailure, IOException, ProblemException {
    psql.execute(
        Sessions.endOwn(psql.application(), patience)
            + Sessions.refuse(source)
            + Sessions.end(source, patience)
            + create(model, name)
            + " ALLOW_CONNECTIONS false TEMPLATE "
            + Sql.name(source)
            + (major >= HAS_STRATEGIES ? " STRATEGY FILE_COPY" : "")
            + ";\n"
            + then
            + all(Likeness.statements(model, name)),
        LIMIT);
    return alike(model, name);
  }

  private static String all(List<String> statements) {
    return statements.stream().map(it -> it + ";\n").collect(Collectors.joining());
  }

  /** Sees that a copy could be made like its original, by doing it to that and taking it back. */
  void requireRights(DatabaseFacts live) throws SqlFailure, IOException {
    psql.execute(
        "BEGIN;\n" + all(Likeness.statements(live, live.name())) + "ROLLBACK;\n", patience);
  }

  /** Makes an empty database for the contents of a dump. */
  void makeEmpty(DatabaseFacts model, String name, int major) throws SqlFailure, IOException {
    Place place = model.place();
    String collation =
        " TEMPLATE template0 ENCODING "
            + Sql.text(place.encoding())
            + " LC_COLLATE "
            + Sql.text(place.collate())
            + " LC_CTYPE "
            + Sql.text(place.ctype())
            + (major >= HAS_PROVIDERS ? provider(place) : "");
    psql.execute(
        Sessions.endOwn(psql.application(), patience)
            + create(model, name)
            + collation
            + (model.tablespace().equals(USUAL_TABLESPACE)
                ? ""
                : " TABLESPACE " + Sql.name(model.tablespace()))
            + ";\n",
        LIMIT);
  }

  private static String provider(Place place) {
    if (place.provider() == null || place.locale() == null) {
      return "";
    }
    boolean icu = place.provider().equals("i");
    return (icu ? " LOCALE_PROVIDER icu ICU_LOCALE " : " LOCALE_PROVIDER builtin BUILTIN_LOCALE ")
        + Sql.text(place.locale())
        + (place.rules() == null ? "" : " ICU_RULES " + Sql.text(place.rules()));
  }

  /** Gives a database that was made empty what its model has, and shuts it. */
  Copy dress(DatabaseFacts model, String name) throws SqlFailure, IOException, ProblemException {
    psql.execute(
        all(Likeness.statements(model, name))
            + Sessions.refuse(name)
            + Sessions.end(name, patience),
        LIMIT);
    return alike(model, name);
  }

  private static String create(DatabaseFacts model, String name) {
    return "CREATE DATABASE "
        + Sql.name(name)
        + " OWNER "
        + Sql.name(model.owner())
        + " CONNECTION LIMIT "
        + model.connectionLimit();
  }

  private Copy alike(DatabaseFacts model, String name)
      throws SqlFailure, IOException, ProblemException {
    DatabaseFacts made =
        DatabaseFacts.named(psql, name).orElseThrow(() -> complaint.about("its copy is not there"));
    @Nullable String difference = Likeness.difference(model, made);
    if (difference != null) {
      throw complaint.about(
          difference + " cannot be given to the copy as role of [database]",
          "Let `database.role` name a superuser.");
    }
    return new Copy(name, made.oid());
  }

  /** Drops what the server holds of a snapshot. */
  void drop(SnapshotRecord record) throws SqlFailure, IOException {
    for (Copy copy : record.copies()) {
      boolean isOurs =
          record.kind() == Kind.BEGUN
              || DatabaseFacts.named(psql, copy.name())
                  .filter(it -> it.oid() == copy.oid())
                  .isPresent();
      if (isOurs) {
        drop(copy.name());
      }
    }
  }

  /** Drops a database, also one that is still being made by whoever was cut short. */
  void drop(String name) throws SqlFailure, IOException {
    psql.execute(
        Sessions.endOwn(psql.application(), patience)
            + "DROP DATABASE IF EXISTS "
            + Sql.name(name)
            + ";\n",
        DROP_LIMIT);
  }
}
