package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.engine.Lives;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.FakeCommands;
import org.spoolway.host.Interruption;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.DyingJournal.Moment;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.migration.Rehearsal;
import org.spoolway.migration.Rehearsal.Wish;
import org.spoolway.problem.Problem;
import org.spoolway.schema.Action;
import org.spoolway.schema.Failure;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Result;

/** A release is tried on a copy of the data before users could notice anything of it. */
class RehearsalTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);
  private static final String ON_COPY = "DATABASE";
  private static final long GIBIBYTE = 1L << 30;

  private static final Map<String, String> ENV =
      Map.of(ON_COPY, Rehearsal.DATABASE, "PORT", Rehearsal.PORT, "CACHE", Rehearsal.DIRECTORY);
  private static final Rehearsal FULL = rehearsal(Wish.CHEAP);

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private Stage stage;
  private Exit ofMigration = new Exit.Status(0);
  private boolean heedsNothing;
  private int stages;

  private static Rehearsal rehearsal(Wish wish) {
    return new Rehearsal(
        wish, ENV, List.of(Outside.TRIED, "@PORT@"), "http://127.0.0.1:@PORT@/health");
  }

  @BeforeEach
  void install() throws IOException {
    stage = stage();
  }

  private Stage stage() throws IOException {
    Stage made = Stage.installed(Files.createDirectory(directory.resolve("stage-" + ++stages)));
    made.configure(d -> Deployments.rehearsing(d, FULL));
    FakeCommands commands = made.outside().commands;
    commands.on(Outside.TRIED, FakeCommands.hanging());
    commands.on("migrate", (command, output, interruption) -> migrate(made, command));
    return made;
  }

  private Exit migrate(Stage on, Command command) {
    boolean rehearses = command.environment().containsKey(ON_COPY);
    if (!rehearses || heedsNothing) {
      on.outside().database.write("form 2\nmigrated");
    }
    return rehearses ? ofMigration : new Exit.Status(0);
  }

  private List<String> calls() {
    List<String> log = stage.outside().log();
    return log.subList(log.indexOf("pending | 1.0.0") + 1, log.size());
  }

  private static Result.Step step(Result result, String name) {
    return result.steps().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private void assertNothingIsLeft(Stage on) {
    assertEquals(Set.of(), on.outside().trial.copies());
    assertFalse(Files.exists(on.site().application().rehearsal()));
  }

  private Failure assertFailedUnnoticed(Problem problem) throws IOException {
    Picture before = stage.picture();
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.FAILED, result.state(), result.toString());
    assertEquals(problem.name(), result.error().code());
    assertEquals("rehearse", result.error().step());
    assertEquals(before, stage.picture());
    assertFalse(String.join("\n", stage.outside().log()).contains("page"));
    assertNothingIsLeft(stage);
    return result.error();
  }

  @Test
  void itIsTriedWhileTheOldReleaseServesAndTheTimeIsTold() throws IOException {
    stage.outside().trial.setLocks(List.of("ALTER TABLE locks public.note (5 MB)"));
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.SUCCEEDED, result.state());
    assertEquals(
        List.of(
            "migrate | 1.0.0",
            "ask a copy at http://127.0.0.1:2/health | 1.0.0",
            "stop 1.0.0 | 1.0.0, page"),
        calls().subList(0, 3));
    String detail = step(result, "rehearse").detail();
    assertTrue(detail.startsWith("migrated a copy in "), detail);
    assertTrue(detail.contains("; 1.1.0 answers on it: version 1.1.0; ALTER TABLE locks"), detail);
    String why = step(result, "migrate").why();
    assertTrue(why.contains("; on a copy it took "), why);
    assertTrue(why.endsWith(", and ALTER TABLE locks public.note (5 MB)"), why);
    assertNothingIsLeft(stage);
  }

  @Test
  void theReleaseIsLedToTheCopyAndMayWriteNothingElse() throws IOException {
    stage.mustSucceed(UPDATE);
    Path trial = stage.site().application().rehearsal().resolve("trial");
    Map<String, String> expected = Map.of(ON_COPY, "copy", "PORT", "2", "CACHE", trial.toString());
    List<Command> led =
        stage.outside().commands.ran().stream()
            .filter(command -> command.environment().containsKey(ON_COPY))
            .toList();
    assertEquals(
        List.of(List.of("migrate"), List.of(Outside.TRIED, "2")),
        led.stream().map(Command::arguments).toList());
    for (Command command : led) {
      assertTrue(command.environment().entrySet().containsAll(expected.entrySet()));
      assertEquals(List.of(trial), command.confinement().writable());
    }
  }

  @Test
  void aMigrationThatFailsIsNoticedByNobody() throws IOException {
    ofMigration = new Exit.Status(3);
    Failure failure = assertFailedUnnoticed(Problem.MIGRATION_FAILED);
    assertTrue(failure.message().contains("a copy of the data"), failure.message());
  }

  @Test
  void aReleaseThatDoesNotGetHealthyIsNoticedByNobody() throws IOException {
    stage.outside().sick.add(Stage.NEW);
    assertFailedUnnoticed(Problem.GATE_FAILED);
  }

  @Test
  void aReleaseThatEndsAtOnceIsNoticedByNobody() throws IOException {
    stage.outside().commands.on(Outside.TRIED, new Exit.Status(1));
    stage.outside().sick.add(Stage.NEW);
    Failure failure = assertFailedUnnoticed(Problem.SERVICE_DIED);
    assertTrue(failure.message().contains("exited with status 1"), failure.message());
  }

  /** It cannot be made undone, but it must not pass for a rehearsal. */
  @Test
  void aReleaseThatHeedsNothingIsFound() throws IOException {
    heedsNothing = true;
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.FAILED, result.state());
    assertTrue(result.error().message().contains("form of the application's own data"));
    assertNothingIsLeft(stage);
  }

  @Test
  void whatIsNotCheapIsLeftOutUnlessItIsAskedFor() throws IOException {
    stage.outside().trial.setBytes(GIBIBYTE + 1);
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.SUCCEEDED, result.state());
    assertTrue(step(result, "rehearse").why().contains("is not cheap"));

    stage = stage();
    stage.outside().trial.setBytes(GIBIBYTE + 1);
    stage.configure(d -> Deployments.rehearsing(d, rehearsal(Wish.ALWAYS)));
    ofMigration = new Exit.Status(3);
    assertFailedUnnoticed(Problem.MIGRATION_FAILED);
  }

  @Test
  void whatIsARiskIsDoneOnlyWhenItIsAskedFor() throws IOException {
    stage.outside().trial.setRisk("a superuser would do it");
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.SUCCEEDED, result.state());
    assertEquals("a superuser would do it", step(result, "rehearse").why());

    stage = stage();
    stage.outside().trial.setRisk("a superuser would do it");
    stage.configure(d -> Deployments.rehearsing(d, rehearsal(Wish.ALWAYS)));
    assertTrue(step(stage.result(UPDATE), "rehearse").detail().startsWith("migrated a copy"));
  }

  /** Whatever else went wrong with it. */
  @Test
  void aReleaseThatHeedsNothingAndFailsIsFoundToo() throws IOException {
    heedsNothing = true;
    ofMigration = new Exit.Status(3);
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.FAILED, result.state());
    String message = result.error().message();
    assertTrue(message.contains("form of the application's own data"), message);
    assertTrue(message.contains("exited with status 3"), message);
  }

  @Test
  void aCopyThatCannotBeMadeStandsInTheWayOnlyWhenItIsAskedFor() throws IOException {
    stage.outside().trial.refuseCopies();
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.SUCCEEDED, result.state());
    assertTrue(step(result, "rehearse").why().contains("no copy of the data could be made"));
    assertNothingIsLeft(stage);

    stage = stage();
    stage.outside().trial.refuseCopies();
    stage.configure(d -> Deployments.rehearsing(d, rehearsal(Wish.ALWAYS)));
    assertFailedUnnoticed(Problem.SNAPSHOT_FAILED);
  }

  @Test
  void nothingIsRehearsedWhereNothingChanges() throws IOException {
    stage.nothingPending();
    Result result = stage.result(UPDATE);
    assertEquals("no migration is pending", step(result, "rehearse").why());

    stage = stage();
    stage.outside().trial.setBytes(0);
    assertEquals("there are no data yet", step(stage.result(UPDATE), "rehearse").why());
  }

  @Test
  void aDryRunSaysThatItWouldBeTried() throws IOException {
    Request dry = new Request(null, null, Action.UPDATE, null, null, null, true, null, null, null);
    Result result = stage.result(dry);
    String why = step(result, "rehearse").why();
    assertTrue(why.contains("tried on a copy of the data, of 5 MiB"), why);
    assertEquals(List.of(), stage.outside().log());
  }

  @Test
  void aShutdownEndsItAndLeavesNothing() throws IOException {
    Interruption interruption = new Interruption();
    stage.outside().sick.add(Stage.NEW);
    stage
        .outside()
        .commands
        .on(
            Outside.TRIED,
            (command, output, ending) -> {
              interruption.request(Interruption.Cause.SHUTDOWN);
              return FakeCommands.hanging().run(command, output, ending);
            });
    Lives lives = stage.accept(UPDATE);
    lives.live(At.NEVER, interruption);
    assertEquals(Outcome.QUEUED, lives.ending().outcome());
    assertNothingIsLeft(stage);
  }

  @ParameterizedTest
  @EnumSource
  void aDeathAtAnyAppendLeavesNothing(Moment moment) throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      stage = stage();
      Lives lives = stage.accept(UPDATE);
      died = !lives.until(new At(n, moment));
      lives.toTheEnd();
      stage.remember(UPDATE, lives);
      assertNothingIsLeft(stage);
    }
  }
}
