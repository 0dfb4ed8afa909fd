package org.spoolway.host.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.FreeBytes;
import org.spoolway.problem.ProblemException;

/**
 * What must hold before a database is copied, renamed and put back, as the server tells it.
 *
 * @param version of the server, such as 150013
 * @param owns whether Spoolway's role has the owner's rights
 * @param template whether others can be made of it by anybody
 * @param bytes the database's size
 * @param directory where the server keeps it; null when the role may not know
 * @param prepared transactions that wait for their second phase
 * @param slots of logical replication, which stay with the database that is put aside
 * @param subscriptions the same
 */
record Conditions(
    int version,
    boolean superuser,
    boolean createdb,
    boolean owns,
    String role,
    String owner,
    boolean template,
    long bytes,
    @Nullable String directory,
    List<String> prepared,
    List<String> slots,
    List<String> subscriptions) {

  private static final int MAJOR = 10_000;

  /**
   * Whose catalogues are asked for nothing that is not there; the tests run on what is installed.
   */
  private static final int OLDEST = 13;

  private static final String REPLICATION =
      "Drop them for the update, and make them again once it is done.";

  private static final String QUERY =
      """
      SELECT json_build_object(
        'version', current_setting('server_version_num')::int,
        'superuser', r.rolsuper, 'createdb', r.rolcreatedb,
        'owns', pg_has_role(r.oid, d.datdba, 'MEMBER'), 'role', r.rolname,
        'owner', pg_get_userbyid(d.datdba), 'template', d.datistemplate,
        'bytes', pg_database_size(d.oid),
        'directory', CASE WHEN t.spcname <> 'pg_default' THEN pg_tablespace_location(t.oid)
          WHEN r.rolsuper OR pg_has_role(r.oid, 'pg_read_all_settings', 'MEMBER')
          THEN current_setting('data_directory', true) END,
        'prepared', coalesce((SELECT json_agg(gid) FROM pg_prepared_xacts
          WHERE database = d.datname), '[]'),
        'slots', coalesce((SELECT json_agg(slot_name) FROM pg_replication_slots
          WHERE database = d.datname), '[]'),
        'subscriptions', coalesce((SELECT json_agg(subname) FROM pg_subscription
          WHERE subdbid = d.oid), '[]'))
      FROM pg_roles r, pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace
      WHERE r.rolname = current_user AND d.datname =\s""";

  /** Of a database that exists. */
  static Conditions of(Psql psql, String database) throws SqlFailure, IOException {
    return psql.look(QUERY + Sql.text(database), Conditions.class)
        .orElseThrow(() -> new IOException("the server says nothing of it"));
  }

  int major() {
    return version / MAJOR;
  }

  /** What is free where the server keeps it, if that is on this host. */
  OptionalLong free() throws IOException {
    return directory == null || !Files.exists(Path.of(directory))
        ? OptionalLong.empty()
        : OptionalLong.of(FreeBytes.of(Path.of(directory)));
  }

  /** Refuses what a rename would leave broken, and rights that would not do. */
  void require(Complaint complaint) throws ProblemException {
    requireRights(complaint);
    if (template) {
      throw complaint.about(
          "it is marked as a template, which the one that takes its place would not be",
          "Take the mark away: ALTER DATABASE ... IS_TEMPLATE false.");
    }
    refuse(
        complaint,
        prepared,
        "prepared transactions wait in it: ",
        "Commit them or roll them back.");
    refuse(
        complaint,
        slots,
        "logical replication slots would stay with the database that is put aside: ",
        REPLICATION);
    refuse(
        complaint,
        subscriptions,
        "subscriptions would stay with the database that is put aside: ",
        REPLICATION);
  }

  /** Refuses rights that would not do to make another database. */
  void requireRights(Complaint complaint) throws ProblemException {
    if (major() < OLDEST) {
      throw complaint.about(
          "the server is of version "
              + major()
              + ", and "
              + OLDEST
              + " is the oldest that is known",
          "Upgrade the server.");
    } else if (!superuser && !(createdb && owns)) {
      throw complaint.about(
          "role " + role + " may not " + (owns ? "create databases" : "act for its owner " + owner),
          "Let `database.role` name a superuser, or the database's owner with CREATEDB.");
    }
  }

  private static void refuse(Complaint complaint, List<String> found, String what, String fix)
      throws ProblemException {
    if (!found.isEmpty()) {
      throw complaint.about(what + String.join(", ", found), fix);
    }
  }
}
