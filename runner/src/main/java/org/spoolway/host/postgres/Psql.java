package org.spoolway.host.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spoolway.schema.SchemaJson;

/**
 * The server, through psql: a script goes in by standard input, rows come out as JSON, and what
 * fails is told by its SQLSTATE. No password is ever on a command line: libpq takes it from its
 * password file.
 */
final class Psql {

  /** Where databases can be created and renamed from, since it is neither. */
  private static final String MAINTENANCE = "postgres";

  /** By which the sessions that change something are found again, should their runner be killed. */
  private static final String APPLICATION = "spoolway ";

  /** Of one that only looks. */
  private static final String LOOKING = "spoolway looks";

  private static final String SETTINGS =
      "-c standard_conforming_strings=on -c client_min_messages=warning -c statement_timeout=0"
          + " -c lock_timeout=30s -c default_transaction_read_only=off"
          // Whoever owns a database could otherwise have his functions called by a superuser.
          + " -c search_path=pg_catalog,pg_temp"
          // A change must outlive a power cut; a replica may come later.
          + " -c synchronous_commit=local";

  /** {@code ERROR: 55006: …} with VERBOSITY=verbose, in any language. */
  private static final Pattern ERROR =
      Pattern.compile("^(?:psql:[^ ]* )?\\p{Lu}[\\p{L} ]*:\\s+([0-9A-Z]{5}): (.*)$");

  private static final Pattern STATEMENT = Pattern.compile("^(?:psql:[^ ]* )?\\p{Lu}+:\\s+(.*);$");

  private static final int CONNECTION_LOST = 2;
  private static final Duration LOOK_LIMIT = Duration.ofMinutes(1);

  private final ClientPrograms programs;
  private final Binaries binaries;
  private final Map<String, String> connection;
  private final String application;

  /**
   * A way to a server.
   *
   * @param connection libpq's variables for host, port, role and password file
   * @param deployment whose database it is about
   */
  Psql(
      ClientPrograms programs,
      Binaries binaries,
      Map<String, String> connection,
      String deployment) {
    this.programs = programs;
    this.binaries = binaries;
    this.connection = Map.copyOf(connection);
    this.application = APPLICATION + deployment;
  }

  /** The environment of a client program that changes something. */
  Map<String, String> environment() {
    return environment(application);
  }

  private Map<String, String> environment(String application) {
    Map<String, String> all = new HashMap<>(connection);
    all.put("PGAPPNAME", application);
    all.put("PGCONNECT_TIMEOUT", "10");
    all.put("PGOPTIONS", SETTINGS);
    return all;
  }

  /** What the sessions are called that change something. */
  String application() {
    return application;
  }

  /** Carries out a script that changes something. */
  void execute(String script, Duration limit) throws SqlFailure, IOException {
    run(MAINTENANCE, script, environment(), limit);
  }

  /** The same, in a database of one's choice. */
  void executeIn(String database, String script, Duration limit) throws SqlFailure, IOException {
    run(database, script, environment(), limit);
  }

  /** The one row of a query, which makes one JSON value of it; empty for none. */
  <T> Optional<T> look(String query, Class<T> type) throws SqlFailure, IOException {
    return lookIn(MAINTENANCE, query, type);
  }

  /** The same, asked in a database of one's choice. */
  <T> Optional<T> lookIn(String database, String query, Class<T> type)
      throws SqlFailure, IOException {
    String printed = run(database, query, environment(LOOKING), LOOK_LIMIT).strip();
    if (printed.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(SchemaJson.read(printed.getBytes(StandardCharsets.UTF_8), type));
    } catch (SchemaJson.Malformed e) {
      throw new IOException("psql printed something else than was asked for: " + e.getMessage(), e);
    }
  }

  /** The names of all databases. */
  List<String> databases() throws SqlFailure, IOException {
    return List.of(
        look("SELECT json_agg(datname) FROM pg_database", String[].class).orElse(new String[0]));
  }

  /** The server's major version. */
  int major() throws SqlFailure, IOException {
    return look("SELECT current_setting('server_version_num')::int / 10000", Integer.class)
        .orElseThrow(() -> new IOException("the server does not say its version"));
  }

  /** Whether the server takes connections now. */
  boolean isUp() throws IOException {
    return call(List.of(binaries.newest("pg_isready"), "-q"), "", environment(LOOKING), LOOK_LIMIT)
            .status()
        == 0;
  }

  private String run(
      String database, String script, Map<String, String> environment, Duration limit)
      throws SqlFailure, IOException {
    List<String> line =
        new ArrayList<>(List.of(binaries.newest("psql"), "-X", "-q", "-b", "-A", "-t", "-w"));
    line.addAll(List.of("-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose"));
    line.addAll(List.of("-d", database, "-f", "-"));
    ClientPrograms.Answer answer = call(line, script, environment, limit);
    if (answer.status() != 0) {
      throw failure(answer);
    }
    return answer.output();
  }

  private ClientPrograms.Answer call(
      List<String> line, String input, Map<String, String> environment, Duration limit)
      throws IOException {
    return programs.run(new ClientPrograms.Call(List.copyOf(line), environment, input, limit));
  }

  private static SqlFailure failure(ClientPrograms.Answer answer) {
    List<String> lines = answer.errors().strip().lines().toList();
    SqlFailure untold = new SqlFailure(null, lines.isEmpty() ? "psql failed" : lines.get(0));
    if (answer.status() == CONNECTION_LOST) {
      return untold;
    }
    return lines.stream()
        .map(ERROR::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(error -> new SqlFailure(error.group(1), error.group(2) + statement(lines)))
        .orElse(untold);
  }

  /** The one that failed, as {@code -b} has it printed, if it is short enough to be read. */
  private static String statement(List<String> lines) {
    return lines.stream()
        .map(STATEMENT::matcher)
        .filter(Matcher::matches)
        .map(matcher -> " for " + matcher.group(1))
        .findFirst()
        .orElse("");
  }
}
