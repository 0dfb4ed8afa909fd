package org.spoolway.host.postgres;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.spoolway.host.FreePort;

/**
 * A real PostgreSQL with a cluster of its own in a scratch directory, reached through a socket that
 * is there too. Neither its server nor its files outlive this process, unless that is killed.
 */
public final class PostgresCluster implements AutoCloseable {

  private static final int USUAL_PORT = 5432;

  private final PostgresPrograms programs;
  private final Path scratch;
  private final int port;
  private final Thread atExit = new Thread(this::remove, "end-postgres");
  private Optional<PostgresServer> server = Optional.empty();

  private PostgresCluster(PostgresPrograms programs, int port) {
    this.programs = programs;
    this.scratch = programs.scratch();
    this.port = port;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Has the test skipped where there is no PostgreSQL. */
  public static void assumeInstalled() {
    PostgresPrograms.Search search = PostgresPrograms.search();
    if (search.found().isEmpty()) {
      System.out.println("skipped: no PostgreSQL: " + search.obstacle());
      Assumptions.abort("no PostgreSQL: " + search.obstacle());
    }
  }

  /** Makes one and starts it, or has the test skipped where there is no PostgreSQL. */
  public static PostgresCluster start(PostgresOptions options) {
    assumeInstalled();
    PostgresPrograms programs = PostgresPrograms.search().found().orElseThrow();
    int port = options.password().isPresent() ? FreePort.any() : USUAL_PORT;
    PostgresCluster cluster = new PostgresCluster(programs, port);
    try {
      cluster.make(options);
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private void make(PostgresOptions options) {
    programs.copy(TemplateCluster.of(programs), dataDirectory());
    try {
      Files.writeString(
          dataDirectory().resolve("postgresql.conf"),
          options.configuration(scratch.toString(), port),
          StandardOpenOption.APPEND);
      Files.writeString(dataDirectory().resolve("pg_hba.conf"), options.access());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
    options
        .password()
        .ifPresent(
            it -> sql("postgres", "ALTER ROLE \"%s\" PASSWORD '%s'".formatted(superuser(), it)));
  }

  /** Starts the server again after {@link #stop} or {@link #kill9}. */
  public void start() {
    server = Optional.of(PostgresServer.start(programs, dataDirectory(), log()));
    running().awaitReady();
  }

  /** Ends the server in order, and all sessions with it. */
  public void stop() {
    running().stop();
  }

  /** Kills all processes of the server at once. */
  public void kill9() {
    running().kill9();
  }

  /** The server's first process. */
  public long pid() {
    return running().pid();
  }

  private PostgresServer running() {
    return server.orElseThrow(() -> new AssertionError("PostgreSQL was not started"));
  }

  /**
   * Carries out statements, each in a transaction of its own unless they say otherwise, up to the
   * first that fails.
   *
   * @return rows as lines, columns between bars
   */
  public String sql(String database, String statements) {
    String printed =
        PostgresPrograms.output(
            client("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database),
            statements);
    return printed.strip();
  }

  /** Drops all databases whose names begin so, and ends the sessions in them. */
  public void dropDatabases(String prefix) {
    sql("postgres", "SELECT datname FROM pg_database WHERE starts_with(datname, '" + prefix + "')")
        .lines()
        .forEach(name -> sql("postgres", "DROP DATABASE \"" + name + "\" WITH (FORCE)"));
  }

  /**
   * All that is in a database, with its owner, access list, settings and comment, as text that is
   * the same for the same contents.
   */
  public String dump(String database) {
    return PostgresPrograms.output(client("pg_dump", "--create", "-d", database), "")
        .lines()
        // Newer releases guard a dump with a word that is another one each time.
        .filter(line -> !line.startsWith("\\restrict ") && !line.startsWith("\\unrestrict "))
        .collect(joining("\n"));
  }

  /** Runs a client program that has to end well, as the superuser, and tells what it printed. */
  public String run(String program, String... arguments) {
    return PostgresPrograms.output(client(program, arguments), "");
  }

  private ProcessBuilder client(String program, String... arguments) {
    ProcessBuilder builder = programs.command(scratch, program, List.of(arguments));
    builder.environment().put("PGHOST", scratch.toString());
    builder.environment().put("PGPORT", Integer.toString(port));
    builder.environment().put("PGUSER", superuser());
    return builder;
  }

  /** The role that may do everything. Its name is that of the account. */
  public String superuser() {
    return programs.superuser();
  }

  /** The account that the server has, and client programs should run as; null for one's own. */
  public @Nullable String account() {
    return programs.account();
  }

  /** Where PostgreSQL's programs are. */
  public Path programs() {
    return programs.directory();
  }

  /** Where the socket is, which everybody may reach. */
  public Path socketDirectory() {
    return scratch;
  }

  /** The port, which is part of the socket's name too. */
  public int port() {
    return port;
  }

  /** Where the cluster is, which only the account may read. */
  public Path dataDirectory() {
    return scratch.resolve("data");
  }

  /** What the server has to say. */
  public Path log() {
    return scratch.resolve("log");
  }

  /** Ends the server and removes the cluster. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    if (server.filter(PostgresServer::isAlive).isPresent()) {
      running().stop();
    }
    remove();
  }

  private void remove() {
    server.ifPresent(
        it -> {
          it.kill9();
          it.removeSharedMemory();
        });
    TemplateCluster.delete(scratch);
  }
}
