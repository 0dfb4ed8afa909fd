package org.spoolway.host.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * An application in a process of its own, which can be killed at work. Its transactions each add a
 * row to {@code entry} and count it in {@code total}, so that a state between two of them shows.
 */
final class Application implements AutoCloseable {

  private static final int AT_WORK = 20;

  private final Process process;
  private final BufferedReader output;

  private Application(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts one that writes without a pause until it is closed. */
  static Application writing(Path database, String journalMode) throws IOException {
    Application application = start(database, journalMode, "write");
    application.awaitLine("at work");
    return application;
  }

  /** Starts one that stops in the middle of a transaction, parts of which are on disk already. */
  static Application stuck(Path database, String journalMode) throws IOException {
    Application application = start(database, journalMode, "stick");
    application.awaitLine("stuck");
    return application;
  }

  private static Application start(Path database, String journalMode, String what)
      throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName(),
                database.toString(),
                journalMode,
                what)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Application(process);
  }

  private void awaitLine(String wanted) throws IOException {
    String line = output.readLine();
    while (!wanted.equals(line)) {
      if (line == null) {
        throw new IOException("the application has ended before it said " + wanted);
      }
      line = output.readLine();
    }
  }

  /** Ends it as a power cut would. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Whether it is still at work. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end and waits for that; it need not be alive any more. */
  @Override
  public void close() throws IOException {
    if (process.isAlive()) {
      try (OutputStream input = process.getOutputStream()) {
        input.write('\n');
      }
    }
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** The application itself: database, journal mode, {@code write} or {@code stick}. */
  public static void main(String[] arguments) throws Exception {
    SqliteFile file = new SqliteFile(Path.of(arguments[0]));
    try (Connection connection = file.open();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 60000");
      statement.execute("PRAGMA journal_mode = " + arguments[1]);
      statement.execute("CREATE TABLE IF NOT EXISTS entry(number INTEGER PRIMARY KEY, data)");
      statement.execute("CREATE TABLE IF NOT EXISTS total(number)");
      statement.execute("INSERT INTO total SELECT 0 WHERE NOT EXISTS (SELECT * FROM total)");
      if (arguments[2].equals("write")) {
        write(statement);
      } else {
        stick(statement);
      }
    }
  }

  private static void write(Statement statement) throws SQLException, IOException {
    for (int count = 1; System.in.available() == 0; count++) {
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("UPDATE total SET number = number + 1");
      statement.execute("INSERT INTO entry SELECT number, randomblob(3000) FROM total");
      statement.execute("COMMIT");
      if (count == AT_WORK) {
        System.out.println("at work");
      }
    }
  }

  private static void stick(Statement statement) throws SQLException, IOException {
    statement.execute("PRAGMA cache_size = 10");
    statement.execute("BEGIN IMMEDIATE");
    statement.execute("UPDATE total SET number = -1");
    statement.execute("UPDATE entry SET data = zeroblob(3000)");
    statement.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)"
            + " INSERT INTO entry(data) SELECT zeroblob(3000) FROM n");
    System.out.println("stuck");
    System.in.read();
  }
}
