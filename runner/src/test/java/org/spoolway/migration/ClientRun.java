package org.spoolway.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.CapturedOutput;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.host.process.ProcessCommands;
import org.spoolway.migration.SqlClient.Invocation;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Runs the commands of a real client as processes, in a release of its own. */
public final class ClientRun {

  private final SqlClient client;
  private final Path release;
  private final Path state;
  private final @Nullable String user;
  private final CapturedOutput output = new CapturedOutput();

  /**
   * One for a test.
   *
   * @param scratch where the release and the runner's state are; others can read it
   * @param user whom the commands run as; null for oneself
   */
  public ClientRun(SqlClient client, Path scratch, @Nullable String user) throws IOException {
    this.client = client;
    this.release = Files.createDirectories(scratch.resolve("release"));
    this.state = Files.createDirectories(scratch.resolve("state"));
    this.user = user;
    Files.createDirectories(release.resolve("migrations"));
  }

  /** Adds a migration to the release. */
  public ClientRun ship(String name, String sql) throws IOException {
    Files.writeString(release.resolve("migrations").resolve(name), sql);
    return this;
  }

  /** What is pending now. */
  public List<MigrationFile> pending() throws IOException, ProblemException {
    SqlFiles sql = new SqlFiles("migrations/*.sql", null, null);
    return Pending.of(MigrationFiles.in(release, sql), history()).files();
  }

  /** What the database says that it has seen. */
  public List<AppliedFile> history() throws IOException {
    ClientOutput printed = new ClientOutput(client.history(), name -> {});
    assertEquals(new Exit.Status(0), run(client.history(), printed), this::output);
    return printed.history();
  }

  /** Applies what is pending, which succeeds; tells the names in the order of their begin. */
  public List<String> apply() throws IOException, ProblemException {
    List<String> begun = new ArrayList<>();
    for (Invocation invocation : client.apply(pending(), new Version("1.1.0"))) {
      ClientOutput printed = new ClientOutput(invocation, begun::add);
      assertEquals(new Exit.Status(0), run(invocation, printed), this::output);
    }
    return begun;
  }

  /** Applies what is pending, which fails; tells at which file, and why. */
  public String failure() throws IOException, ProblemException {
    for (Invocation invocation : client.apply(pending(), new Version("1.1.0"))) {
      ClientOutput printed = new ClientOutput(invocation, name -> {});
      if (!run(invocation, printed).equals(new Exit.Status(0))) {
        return printed.file().orElse("no file") + ": " + printed.complaint().orElse(output());
      }
    }
    throw new AssertionError("nothing failed: " + output());
  }

  private Exit run(Invocation invocation, ClientOutput printed) {
    Command command =
        new Command(
            invocation.arguments(),
            release,
            invocation.environment(),
            state.toString(),
            Duration.ofMinutes(1),
            user);
    return new ProcessCommands()
        .run(
            command,
            (bytes, offset, length) -> {
              output.write(bytes, offset, length);
              printed.write(bytes, offset, length);
            },
            new Interruption());
  }

  /** All that was printed. */
  public String output() {
    return output.text();
  }
}
