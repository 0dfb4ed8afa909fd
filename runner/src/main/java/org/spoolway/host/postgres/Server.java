package org.spoolway.host.postgres;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Database;
import org.spoolway.problem.Problem;

/**
 * The server that a deployment file names, and what works on it.
 *
 * @param settings what the file says
 */
record Server(Database.PostgreSql settings, ClientPrograms programs, Binaries binaries, Psql psql) {

  /** How many times longer a server is waited for where nothing else can be done. */
  private static final int PATIENCE_GOING_BACK = 10;

  static Server of(String deployment, Database.PostgreSql settings, ClientPrograms programs) {
    Binaries binaries = new Binaries();
    Psql psql = new Psql(programs, binaries, connection(settings), deployment);
    return new Server(settings, programs, binaries, psql);
  }

  private static Map<String, String> connection(Database.PostgreSql settings) {
    Map<String, String> variables = new HashMap<>();
    variables.put("PGPORT", String.valueOf(settings.port()));
    put(variables, "PGHOST", settings.host());
    put(variables, "PGUSER", settings.role());
    put(variables, "PGPASSFILE", settings.passfile());
    return variables;
  }

  private static void put(Map<String, String> variables, String name, @Nullable Object value) {
    if (value != null) {
      variables.put(name, value.toString());
    }
  }

  /** The application's database. */
  String name() {
    return settings.name();
  }

  /** How long sessions may take to end, and the server to come back. */
  Duration patience() {
    return settings.timeout();
  }

  TemplateCopy templates(Complaint complaint) {
    return new TemplateCopy(psql, complaint, patience());
  }

  Dump dumps(Complaint complaint) {
    return new Dump(programs, binaries, psql.environment(), complaint);
  }

  Restoration restoration(Complaint complaint) {
    return new Restoration(
        name(), psql, templates(complaint), dumps(complaint), complaint, patience());
  }

  Attempts attempts(Complaint complaint) {
    return new Attempts(psql, complaint, patience());
  }

  /** For what goes back, which must not give up as long as there is hope. */
  Attempts patientAttempts(Complaint complaint) {
    return new Attempts(psql, complaint, patience().multipliedBy(PATIENCE_GOING_BACK));
  }

  Complaint complaint(Problem problem, String verb) {
    return new Complaint(problem, verb, name());
  }
}
