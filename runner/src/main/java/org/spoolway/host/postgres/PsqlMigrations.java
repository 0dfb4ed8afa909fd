package org.spoolway.host.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spoolway.host.Database;
import org.spoolway.migration.MigrationFile;
import org.spoolway.migration.MigrationFile.Transaction;
import org.spoolway.migration.SqlClient;
import org.spoolway.migration.SqlFiles;
import org.spoolway.schema.Version;

/**
 * Applies files with psql, one start for each, so that none inherits anything of another's session.
 * The role is the application's own, not the one that copies its database: what a file creates is
 * to be the application's.
 */
public final class PsqlMigrations implements SqlClient {

  private static final String TABLE = "spoolway_migrations";

  /** Also of its own; what servers say in other languages is in the log. */
  private static final String COMPLAINT = "(psql:.*: )?(ERROR|FATAL|PANIC|error): .*|psql: error.*";

  /** The deployment file says how long a migration may take, whatever the role may otherwise. */
  private static final String NO_LIMITS = "-c statement_timeout=0 -c lock_timeout=0";

  private static final String HISTORY =
      "DO $$ BEGIN IF to_regclass('%1$s') IS NOT NULL THEN PERFORM set_config('spoolway.history',"
          + " (SELECT string_agg('history ' || sha256 || ' ' || name, E'\\n') FROM %1$s), false);"
          + " END IF; END $$";

  private static final String CREATE =
      "SET client_min_messages = warning; CREATE TABLE IF NOT EXISTS %s (name text PRIMARY KEY,"
          + " sha256 text NOT NULL, applied_at timestamptz NOT NULL, milliseconds bigint NOT NULL,"
          + " version text NOT NULL); RESET client_min_messages";

  /** It lasts as long as the transaction. */
  private static final String OPEN = "SET LOCAL spoolway.transaction = 'open'";

  /** A file that ended it on the way would be recorded whatever became of the rest. */
  private static final String REQUIRE_OPEN =
      "DO $$ BEGIN IF current_setting('spoolway.transaction', true) IS DISTINCT FROM 'open' THEN"
          + " RAISE 'the file ends its transaction itself; let it begin with -- spoolway:"
          + " no-transaction'; END IF; END $$";

  /** Wherever the file has gone, it is the table that was found before. */
  private static final String RETURN = "RESET ROLE; RESET search_path";

  private static final String RECORD =
      "INSERT INTO %s SELECT %s, %s, clock_timestamp(), extract(epoch FROM clock_timestamp() -"
          + " backend_start) * 1000, %s FROM pg_stat_activity WHERE pid = pg_backend_pid()";

  private static final String TELL =
      "SELECT 'applied ' || name || ' in ' || milliseconds || ' ms' FROM %s WHERE name = %s";

  private final Database.PostgreSql server;
  private final String database;
  private final SqlFiles sql;
  private final Binaries binaries = new Binaries();

  /** Of the database that a deployment file names. */
  public PsqlMigrations(Database.PostgreSql server, SqlFiles sql) {
    this(server, server.name(), sql);
  }

  /** Of another database of the same server. */
  PsqlMigrations(Database.PostgreSql server, String database, SqlFiles sql) {
    this.server = server;
    this.database = database;
    this.sql = sql;
  }

  @Override
  public Invocation history() throws IOException {
    List<String> line = psql();
    carryOut(line, HISTORY.formatted(TABLE));
    carryOut(line, "SELECT current_setting('spoolway.history', true)");
    return invocation(line);
  }

  @Override
  public List<Invocation> apply(List<MigrationFile> files, Version version) throws IOException {
    List<Invocation> all = new ArrayList<>();
    for (MigrationFile file : files) {
      all.add(invocation(apply(file, version)));
    }
    return List.copyOf(all);
  }

  private List<String> apply(MigrationFile file, Version version) throws IOException {
    boolean transaction = file.transaction() == Transaction.OWN;
    List<String> line = psql();
    carryOut(line, "\\echo applying " + file.name());
    if (transaction) {
      carryOut(line, "BEGIN");
      carryOut(line, OPEN);
    }
    carryOut(line, CREATE.formatted(TABLE));
    line.addAll(List.of("-f", file.path().toString()));
    if (transaction) {
      carryOut(line, REQUIRE_OPEN);
    }
    carryOut(line, RETURN);
    String name = Sql.text(file.name());
    carryOut(
        line, RECORD.formatted(TABLE, name, Sql.text(file.sha256()), Sql.text(version.text())));
    if (transaction) {
      carryOut(line, "COMMIT");
    }
    carryOut(line, TELL.formatted(TABLE, name));
    return line;
  }

  private static void carryOut(List<String> line, String sql) {
    line.addAll(List.of("-c", sql));
  }

  private List<String> psql() throws IOException {
    List<String> line =
        new ArrayList<>(List.of(binaries.newest("psql"), "-X", "-q", "-A", "-t", "-w"));
    line.addAll(List.of("-v", "ON_ERROR_STOP=1", "-p", String.valueOf(server.port())));
    if (server.host() != null) {
      line.addAll(List.of("-h", server.host()));
    }
    if (sql.role() != null) {
      line.addAll(List.of("-U", sql.role()));
    }
    line.addAll(List.of("-d", database));
    return line;
  }

  private Invocation invocation(List<String> line) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PGAPPNAME", "spoolway migrates");
    environment.put("PGCLIENTENCODING", "UTF8");
    environment.put("PGCONNECT_TIMEOUT", "10");
    environment.put("PGOPTIONS", NO_LIMITS);
    if (sql.passfile() != null) {
      environment.put("PGPASSFILE", sql.passfile().toString());
    }
    return new Invocation(line, environment, COMPLAINT);
  }
}
