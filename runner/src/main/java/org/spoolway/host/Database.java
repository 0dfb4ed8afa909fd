package org.spoolway.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.ProblemException;

/**
 * The application's data. A snapshot is a directory that only the runner can enter; what it stands
 * for may lie in it, or where the database keeps its own.
 */
public interface Database {

  /** Of an application without a database: nothing to copy, nothing to put back, never written. */
  static Database none() {
    return NoDatabase.INSTANCE;
  }

  /** The same database; what programs print that copy it or put it back goes there as it comes. */
  default Database printingTo(Output output) {
    return this;
  }

  /**
   * Sees that the database can be reached, copied and put back, and changes nothing.
   *
   * @throws ProblemException {@code SNAPSHOT_FAILED} when it cannot, {@code DISK_FULL} when there
   *     is no room where it keeps its copies itself
   */
  Readiness requireReady() throws ProblemException;

  /**
   * Copies the data as of one instant, while nobody is to write them. That there is no database yet
   * is a state too, and is restored as such. When this returns the copy survives a power cut.
   *
   * @param directory exists, is empty, and only the runner can enter it
   * @throws ProblemException {@code SNAPSHOT_FAILED}, {@code DISK_FULL}
   */
  void snapshot(Path directory) throws ProblemException;

  /**
   * The same while the application serves, and writes.
   *
   * @throws ProblemException {@code SNAPSHOT_FAILED}, {@code DISK_FULL}
   */
  default void backup(Path directory) throws ProblemException {
    snapshot(directory);
  }

  /**
   * Does beforehand what a restore needs and what takes time: sees that the snapshot is whole, and
   * makes of it what can be put in place at once. The application serves meanwhile.
   *
   * @param snapshot a directory that {@link #snapshot} filled, or where a restore put data aside
   * @param staged where to make it, if need be; it does not exist yet
   * @param afterwards what is to become of the snapshot
   * @return what to hand to {@link #restore}: the one directory or the other
   * @throws ProblemException {@code RESTORE_FAILED}, {@code DISK_FULL}; nothing was changed
   */
  Path stage(Path snapshot, Path staged, Afterwards afterwards) throws ProblemException;

  /**
   * Puts a snapshot in place of the present data, which are moved aside whole. Nobody is to be
   * connected. After a crash it is simply repeated: what is already aside stays there. When the
   * present data are the snapshot's, nothing is moved.
   *
   * @param snapshot a directory that {@link #snapshot} filled, or where a restore put data aside;
   *     what is in it stays, unless the database {@linkplain #exchanges exchanges}
   * @param aside where the present data go; created when missing
   * @throws ProblemException {@code RESTORE_FAILED}, {@code DISK_FULL}
   */
  void restore(Path snapshot, Path aside) throws ProblemException;

  /**
   * Whether a restore puts the snapshot itself in place, at once and at any size. It is used up
   * then; and what was replaced can be put back the same way, so that nobody needs a copy of it.
   */
  default boolean exchanges() {
    return false;
  }

  /**
   * Gives up a snapshot, whole or half made, or what was put aside or staged there. Whatever making
   * it has kept from the application is given back. The directory itself stays.
   *
   * @throws ProblemException {@code SNAPSHOT_FAILED} when the database cannot be reached
   */
  default void discard(Path snapshot) throws ProblemException {}

  /** The bytes that a snapshot has outside of its directory. */
  default long bytesElsewhere(Path snapshot) {
    return 0;
  }

  /**
   * A word that differs as soon as anything was written; cheap. Equal words mean that nothing was
   * written in between, or that it was undone by a restore; different ones only that something may
   * have been written. Marks that are to be compared are best taken while nobody is connected.
   *
   * @throws ProblemException {@code SNAPSHOT_FAILED} when the database cannot be looked at
   */
  String mark() throws ProblemException;

  /**
   * The mark, and what form the data have.
   *
   * @throws ProblemException {@code SNAPSHOT_FAILED} when the database cannot be looked at
   */
  Contents contents() throws ProblemException;

  /**
   * How the data will be copied.
   *
   * @param bytes what a copy takes below {@code snapshots/}
   * @param method for people, such as {@code one file of 3 MiB}
   */
  record Readiness(long bytes, String method) {}

  /**
   * What a look at the data shows.
   *
   * @param mark see {@link #mark}
   * @param schema a word for the form that the data have: tables, columns, constraints and views,
   *     and what migration tools have written down in {@link #MIGRATION_TABLES}. Data of the same
   *     word suit the same releases; {@linkplain #untold one that nobody tells} suits none.
   * @param rows what can be told of the rows of each table, at most {@link #MOST_TABLES}
   */
  record Contents(String mark, String schema, List<TableRows> rows) {

    /** More than people would read, and than what tells of them has room for. */
    public static final int MOST_TABLES = 300;

    private static final String UNTOLD = "untold ";

    /** A word that equals no other, where nobody can tell what was written, or what form it has. */
    public static String untold() {
      return UNTOLD + UUID.randomUUID();
    }

    /** Whether a word is of that kind. */
    public static boolean isUntold(String word) {
      return word.startsWith(UNTOLD);
    }

    /** Where the tools that are in use write down which migrations a database has seen. */
    public static final Set<String> MIGRATION_TABLES =
        Set.of(
            "alembic_version",
            "django_migrations",
            "flyway_schema_history",
            "goose_db_version",
            "knex_migrations",
            "migrations",
            "phinxlog",
            "schema_migrations",
            "spoolway_migrations");
  }

  /**
   * How many rows were ever added to a table, changed in it and removed from it, in counts of which
   * only differences mean something. A database that does not count tells how many there are as
   * added, and nothing else.
   *
   * @param table its name, with that of its schema
   */
  record TableRows(String table, long added, long changed, long removed) {}

  /** How a server copies a database. */
  enum CopyMethod {
    /** As the one or the other, by size and room. */
    AUTO,
    /** As another database beside it, which can take its place at once. */
    COPY,
    /** Into a dump, which must be restored before it can take its place. */
    DUMP
  }

  /** How a dump is proved good. */
  enum DumpProof {
    /** Its contents can be listed. */
    LIST,
    /** It can be restored. */
    RESTORE
  }

  /**
   * Commands that copy data of which nothing else is known, and put them back.
   *
   * @param snapshot write a copy into the directory that they run in, in order
   * @param restore put the copy in the directory that they run in in place of all data, in order
   * @param mark prints something else as soon as anything was written; empty: nobody can tell
   * @param schema prints what form the data have; empty: nobody can tell
   * @param size prints how many bytes a copy takes; empty: nobody can tell
   * @param user whom they run as, or null for the runner's own user
   * @param timeout for each command
   */
  record CopyCommands(
      List<List<String>> snapshot,
      List<List<String>> restore,
      List<String> mark,
      List<String> schema,
      List<String> size,
      @Nullable String user,
      Duration timeout) {

    /** All that there are. */
    public List<List<String>> all() {
      List<List<String>> all = new ArrayList<>(snapshot);
      all.addAll(restore);
      all.addAll(List.of(mark, schema, size));
      all.removeIf(List::isEmpty);
      return List.copyOf(all);
    }
  }

  /** What becomes of a snapshot whose data are put in place. */
  enum Afterwards {
    /** It is still there. */
    KEPT,
    /** It may be used up. */
    USED_UP
  }

  /**
   * A database of a PostgreSQL server, and how it is reached by who may copy and rename it.
   *
   * @param name the database
   * @param host the server's name, or the directory of its socket; null for libpq's own choice
   * @param port its port
   * @param role whom the server knows Spoolway as; null for the name of the account
   * @param passfile where libpq finds the password, in its own format; null for none
   * @param user the account that the client programs run as; null for the runner's own
   * @param method how it is copied before it changes
   * @param verify how a dump is proved good
   * @param timeout how long its sessions may take to end, and the server to come back
   */
  record PostgreSql(
      String name,
      @Nullable String host,
      int port,
      @Nullable String role,
      @Nullable Path passfile,
      @Nullable String user,
      CopyMethod method,
      DumpProof verify,
      Duration timeout) {}
}
