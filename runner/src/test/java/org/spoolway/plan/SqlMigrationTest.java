package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Deployment;
import org.spoolway.durable.Checksum;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.FakeCommands;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.migration.SqlFiles;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Result;

/** An update whose migrations are SQL that the release brings. */
class SqlMigrationTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);
  private static final Request DRY =
      new Request(null, null, Action.UPDATE, null, null, null, true, null, null, null);

  private static final SqlFiles SQL = new SqlFiles("migrations/*.sql", null, null);
  private static final Map<String, String> FIRST = Map.of("migrations/0001.sql", "CREATE x;");

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private Stage stage;
  private final Map<String, String> history = new LinkedHashMap<>();
  private Exit end = new Exit.Status(0);

  @BeforeEach
  void install() throws IOException {
    stage = Stage.empty(directory);
    stage.configure(d -> Deployments.withSql(d, SQL));
    stage.outside().commands.on("sql-history", this::tell).on("sql-apply", this::apply);
    stage.offer(Stage.OLD, FIRST);
    stage.mustSucceed(UPDATE);
    assertEquals(List.of("0001.sql"), List.copyOf(history.keySet()));
    stage.outside().database.write("notes of users");
    stage.outside().forget();
  }

  private Exit tell(Command command, Output output, Interruption interruption) {
    StringBuilder lines = new StringBuilder();
    history.forEach((name, text) -> lines.append("history " + checksum(text) + " " + name + "\n"));
    return FakeCommands.printing(lines.toString(), 0).run(command, output, interruption);
  }

  private Exit apply(Command command, Output output, Interruption interruption) {
    for (String name : command.arguments().subList(1, command.arguments().size())) {
      FakeCommands.printing("applying " + name + "\n", 0).run(command, output, interruption);
      stage.outside().database.write("changed by " + name);
      if (!end.equals(new Exit.Status(0))) {
        String complaint = "ERROR: no such table\nLINE 1\n";
        FakeCommands.printing(complaint, 0).run(command, output, interruption);
        return end;
      }
      history.put(name, "CREATE x;");
      FakeCommands.printing("applied " + name + " in 3 ms\n", 0).run(command, output, interruption);
    }
    return end;
  }

  private static String checksum(String text) {
    var digest = Checksum.digest();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return Checksum.hex(digest);
  }

  private void offer(String... more) {
    Map<String, String> files = new LinkedHashMap<>(FIRST);
    for (String name : more) {
      files.put("migrations/" + name, "CREATE x;");
    }
    stage.offer(Stage.NEW, files);
  }

  private List<String> callsAfterSealing() {
    List<String> log = stage.outside().log();
    return log.subList(indexOfSync(log) + 1, log.size());
  }

  private static int indexOfSync(List<String> log) {
    return Math.max(log.indexOf("sync | 1.0.0"), log.indexOf("sync | none"));
  }

  @Test
  void whatIsPendingIsKnownBeforeAndAppliedAfterTheStop() throws IOException {
    offer("0002.sql", "0003.sql");
    Result result = stage.result(UPDATE);
    assertEquals(
        List.of(
            "sql-history | 1.0.0",
            "stop 1.0.0 | 1.0.0, page",
            "copy data to 2-1.0.0 | 1.0.0, page",
            "sql-apply | 1.0.0, page",
            "start 1.1.0 | 1.1.0, page",
            "ask 1.1.0 | 1.1.0, page"),
        callsAfterSealing());
    assertEquals("pending: 0002.sql, 0003.sql", step(result, "check").detail());
    assertEquals(List.of("0001.sql", "0002.sql", "0003.sql"), new ArrayList<>(history.keySet()));
  }

  @Test
  void whatAnInstallationMakesFirstIsAskedForAfterwards() throws IOException {
    stage = Stage.empty(directory.resolve("another"));
    history.clear();
    stage.configure(d -> Deployments.withSql(d, SQL));
    stage.configure(
        d ->
            Deployments.needing(
                d,
                d.host(),
                new Deployment.Install(
                    List.of(List.of("make")), null, d.install().environmentFile())));
    stage.outside().commands.on("sql-history", this::tell).on("sql-apply", this::apply);
    stage.outside().commands.on("make", this::make);
    stage.offer(
        Stage.OLD, Map.of("migrations/0001.sql", "CREATE x;", "migrations/0002.sql", "CREATE x;"));
    stage.mustSucceed(UPDATE);
    assertEquals(
        List.of(
            "copy data to 1-empty | none",
            "make | none",
            "sql-history | none",
            "sql-apply | none",
            "start 1.0.0 | 1.0.0",
            "ask 1.0.0 | 1.0.0"),
        callsAfterSealing());
    assertEquals(List.of("0001.sql", "0002.sql"), List.copyOf(history.keySet()));
  }

  private Exit make(Command command, Output output, Interruption interruption) {
    history.put("0001.sql", "CREATE x;");
    return new Exit.Status(0);
  }

  @Test
  void withNothingPendingNothingIsStoppedNorCopied() throws IOException {
    offer();
    Result result = stage.result(UPDATE);
    assertEquals(
        List.of(
            "sql-history | 1.0.0",
            "stop 1.0.0 | 1.1.0, page",
            "start 1.1.0 | 1.1.0, page",
            "ask 1.1.0 | 1.1.0, page"),
        callsAfterSealing());
    assertEquals("no migration is pending", step(result, "check").detail());
    assertEquals(
        "the database has seen every file migrations/*.sql", step(result, "migrate").why());
  }

  @Test
  void aFileThatHasChangedIsRefusedBeforeUsersNotice() throws IOException {
    history.put("0001.sql", "CREATE y;");
    offer("0002.sql");
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.FAILED, result.state());
    assertEquals("MIGRATION_REFUSED", result.error().code());
    assertEquals("check", result.error().step());
    assertEquals(List.of("sql-history | 1.0.0"), callsAfterSealing());
  }

  @Test
  void aFileThatFailsIsNamedAndTheDataComeBack() throws IOException {
    end = new Exit.Status(3);
    offer("0002.sql");
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.ROLLED_BACK, result.state());
    assertEquals(
        "cannot migrate to 1.1.0 with 0002.sql: ERROR: no such table", result.error().message());
    assertEquals("MIGRATION_FAILED", result.error().code());
    assertEquals("notes of users", stage.picture().data());
  }

  @Test
  void oneThatHangsIsEndedAfterTheTimeThatAllHave() throws IOException {
    end = new Exit.TimedOut(Duration.ofMillis(7));
    offer("0002.sql");
    Result result = stage.result(UPDATE);
    assertEquals(
        "cannot migrate to 1.1.0 with 0002.sql: it was still running after 60 s",
        result.error().message());
    assertEquals("MIGRATION_TIMED_OUT", result.error().code());
  }

  @Test
  void aDatabaseThatCannotBeAskedStopsTheUpdateInTime() throws IOException {
    stage
        .outside()
        .commands
        .on("sql-history", FakeCommands.printing("ERROR: no entry in pg_hba.conf\n", 2));
    offer();
    Result result = stage.result(UPDATE);
    assertEquals("PENDING_CHECK_FAILED", result.error().code());
    assertEquals(
        "cannot ask the database which migrations it has seen with sql-history: ERROR: no entry in"
            + " pg_hba.conf",
        result.error().message());
    assertEquals(Outcome.FAILED, result.state());
  }

  @Test
  void aPlanNamesTheFilesThatTheLiveReleaseDoesNotHaveAndAsksNobody() throws IOException {
    offer("0002.sql", "0003.sql", "README");
    Result planned = stage.result(DRY);
    assertEquals("0002.sql\n0003.sql", step(planned, "migrate").detail());
    assertEquals(List.of(), stage.outside().log());
    offer();
    assertTrue(step(stage.result(DRY), "migrate").detail().startsWith("none that 1.0.0 does not"));
  }

  private static Result.Step step(Result result, String name) {
    return result.steps().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
