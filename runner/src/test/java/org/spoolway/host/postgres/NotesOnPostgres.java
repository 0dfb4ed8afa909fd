package org.spoolway.host.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Database;
import org.spoolway.host.Database.CopyMethod;
import org.spoolway.host.Database.DumpProof;
import org.spoolway.host.process.AccountPrograms;

/**
 * The database of notes on a test's server, and what a deployment file would say of it.
 *
 * @param scratch for snapshots
 */
record NotesOnPostgres(PostgresCluster cluster, Path scratch) {

  static final String NAME = "notes";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Reached through the socket. */
  PostgresDatabase database(CopyMethod method) {
    return database(method, DumpProof.LIST, PATIENCE);
  }

  PostgresDatabase database(CopyMethod method, DumpProof proof, Duration patience) {
    return database(server(cluster.superuser(), method, proof, patience));
  }

  private Database.PostgreSql server(
      String role, CopyMethod method, DumpProof proof, Duration patience) {
    return new Database.PostgreSql(
        NAME,
        cluster.socketDirectory().toString(),
        cluster.port(),
        role,
        null,
        cluster.account(),
        method,
        proof,
        patience);
  }

  /** Makes copies for trials as some role. */
  PostgresTrial trialAs(String role) {
    Database.PostgreSql server = server(role, CopyMethod.COPY, DumpProof.LIST, PATIENCE);
    return new PostgresTrial(
        NAME, server, new AccountPrograms(server.user(), scratch.toString()), null);
  }

  /** Reached by a role of one's choice. */
  PostgresDatabase databaseAs(String role, @Nullable Path passfile, String host) {
    return database(serverAs(role, passfile, host));
  }

  /** What a deployment file says for that. */
  Database.PostgreSql serverAs(String role, @Nullable Path passfile, String host) {
    return new Database.PostgreSql(
        NAME,
        host,
        cluster.port(),
        role,
        passfile,
        cluster.account(),
        CopyMethod.COPY,
        DumpProof.LIST,
        PATIENCE);
  }

  private PostgresDatabase database(Database.PostgreSql server) {
    return new PostgresDatabase(
        NAME, server, new AccountPrograms(server.user(), scratch.toString()));
  }

  /** A new directory for the data of a snapshot. */
  Path data(String snapshot) {
    try {
      return Files.createDirectories(scratch.resolve(snapshot).resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the database with one table and one note. */
  void create() {
    cluster.sql("postgres", "CREATE DATABASE notes");
    sql(
        "CREATE TABLE note (id serial PRIMARY KEY, text text); INSERT INTO note (text) VALUES ('one')");
  }

  String sql(String statements) {
    return cluster.sql(NAME, statements);
  }

  /** The databases that belong to notes, its copies too, one a line. */
  String names() {
    return cluster.sql(
        "postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'notes%' ORDER BY datname");
  }

  /** Removes them all, and the roles that a test has made. */
  void remove() {
    cluster.dropDatabases(NAME);
    String roles =
        cluster.sql(
            "postgres",
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'notes%' ORDER BY rolname");
    roles.lines().forEach(role -> cluster.sql("postgres", "DROP ROLE \"" + role + "\""));
  }
}
