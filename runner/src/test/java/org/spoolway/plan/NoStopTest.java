package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.engine.Lives;
import org.spoolway.host.Commands;
import org.spoolway.host.FakeDatabase;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Result;
import org.spoolway.schema.Version;

/** What is updated without being stopped, since nothing is pending or migrations only add. */
class NoStopTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);
  private static final Request ROLLBACK = Request.of(Action.ROLLBACK, null);
  private static final Version NEXT = new Version("1.2.0");
  private static final String EXPANDED = "notes of users, schema of 1.2.0";

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private Stage stage;

  @BeforeEach
  void installBehindASocket() throws IOException {
    stage = Stage.installed(directory);
    stage.configure(Deployments::behindASocket);
    stage.outside().commands.on("contract", new Commands.Exit.Status(0));
  }

  private List<String> afterCheck() {
    List<String> log = stage.outside().log();
    return log.subList(log.indexOf("pending | 1.0.0") + 1, log.size());
  }

  private static Result.Step step(Result result, String name) {
    return result.steps().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void withNothingPendingASocketKeepsThePageAway() throws IOException {
    stage.nothingPending();
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.SUCCEEDED, result.state());
    assertEquals(
        List.of("stop 1.0.0 | 1.1.0", "start 1.1.0 | 1.1.0", "ask 1.1.0 | 1.1.0"), afterCheck());
    assertNull(result.downtimeMillis());
  }

  /** What a dry run says is what is done. */
  @Test
  void aPlanWhereNothingEverMigratesTellsOfNoPage() throws IOException {
    stage.configure(Deployments::withoutMigrations);
    Result planned =
        stage.result(
            new Request(null, null, Action.UPDATE, null, null, null, true, null, null, null));
    Result done = stage.result(UPDATE);
    assertEquals(Outcome.SUCCEEDED, done.state());
    for (String step : List.of("maintenance-on", "maintenance-off")) {
      assertEquals(step(done, step).why(), step(planned, step).why(), step);
    }
    assertEquals("skipped", step(planned, "maintenance-on").state());
    assertEquals(
        "the data do not change, so nothing stops; going back ends here",
        step(planned, "stop").why());
    assertEquals("skipped", step(done, "stop").state());
  }

  @Test
  void migrationsThatOnlyAddRunWhileTheOldReleaseServes() throws IOException {
    stage.offerExpanding(NEXT);
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.SUCCEEDED, result.state());
    assertEquals(
        List.of(
            "migrate | 1.0.0", "stop 1.0.0 | 1.2.0", "start 1.2.0 | 1.2.0", "ask 1.2.0 | 1.2.0"),
        afterCheck());
    for (String skipped : List.of("maintenance-on", "stop", "snapshot", "maintenance-off")) {
      assertEquals("skipped", step(result, skipped).state(), skipped);
    }
    assertTrue(step(result, "migrate").why().contains("leaves what they have added"));
    assertNull(result.downtimeMillis());
    assertNull(result.snapshot());
  }

  @Test
  void withoutASocketTheMomentOfTheRestartCounts() throws IOException {
    Stage process = Stage.installed(directory.resolve("process"));
    process.offerExpanding(NEXT);
    Result result = process.result(UPDATE);
    assertEquals(Outcome.SUCCEEDED, result.state());
    assertEquals("skipped", step(result, "maintenance-on").state());
    assertNotNull(result.downtimeMillis());
  }

  @Test
  void goingBackLeavesWhatWasAddedAndWhatWasWrittenMeanwhile() throws IOException {
    stage.offerExpanding(NEXT);
    stage.outside().sick.add(NEXT);
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.ROLLED_BACK, result.state());
    List<String> log = stage.outside().log();
    assertEquals(
        List.of("stop 1.2.0 | 1.0.0", "start 1.0.0 | 1.0.0", "ask 1.0.0 | 1.0.0"),
        log.subList(log.size() - 3, log.size()));
    assertEquals(EXPANDED, stage.picture().data());
    assertNotNull(result.downtimeMillis(), "what was not healthy may have answered");
  }

  @Test
  void aRollbackAfterThatStopsNothingAndLeavesTheData() throws IOException {
    stage.offerExpanding(NEXT);
    stage.mustSucceed(UPDATE);
    stage.outside().forget();
    Result result = stage.result(ROLLBACK);
    assertEquals(Outcome.SUCCEEDED, result.state());
    assertEquals(
        List.of("stop 1.2.0 | 1.0.0", "start 1.0.0 | 1.0.0", "ask 1.0.0 | 1.0.0"),
        stage.outside().log());
    assertEquals(EXPANDED, stage.picture().data());
    assertNull(result.downtimeMillis());
  }

  @Test
  void aFailureOfSuchAMigrationLeavesTheOldReleaseServing() throws IOException {
    stage.offerExpanding(NEXT);
    stage.outside().commands.on("migrate", new Commands.Exit.Status(1));
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.ROLLED_BACK, result.state());
    assertEquals(List.of("migrate | 1.0.0", "ask 1.0.0 | 1.0.0"), afterCheck());
    assertNull(result.downtimeMillis());
  }

  @Test
  void theFirstReleaseHasNothingThatCouldServeMeanwhile() throws IOException {
    Stage fresh = Stage.empty(directory.resolve("fresh"));
    fresh.offerExpanding(NEXT);
    fresh.outside().sick.add(NEXT);
    Picture before = fresh.picture();
    assertEquals(Outcome.ROLLED_BACK, fresh.run(UPDATE).outcome());
    assertEquals(before.data(), fresh.picture().data());
  }

  @Test
  void whatADeclarationDoesNotMeanIsNamedBeforeAnybodyNotices() throws IOException {
    stage.offer(NEXT, Map.of("release.json", "{ \"migrations\": \"expnad\" }"));
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.FAILED, result.state());
    assertEquals("check", result.error().step());
    assertEquals("SOURCE_UNUSABLE", result.error().code());
    assertEquals(
        "cannot read what release 1.2.0 says in release.json: \"migrations\" is \"expnad\", which"
            + " is none of expand, any; perhaps expand",
        result.error().message());
  }

  @Test
  void contractingFollowsTheGate() throws IOException {
    stage.configure(Deployments::contracting);
    stage.offerExpanding(NEXT);
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.SUCCEEDED, result.state());
    List<String> log = stage.outside().log();
    assertEquals(
        List.of("ask 1.2.0 | 1.2.0", "contract | 1.2.0"), log.subList(log.size() - 2, log.size()));
    assertNull(result.downtimeMillis());
  }

  @Test
  void withoutADeclarationNothingIsContracted() throws IOException {
    stage.configure(Deployments::contracting);
    Result result = stage.result(UPDATE);
    assertEquals("skipped", step(result, "contract").state());
    assertFalse(stage.outside().log().toString().contains("contract"));
  }

  @Test
  void aContractionThatFailsIsToldAndTakesNothingBack() throws IOException {
    stage.configure(Deployments::contracting);
    stage.outside().commands.on("contract", new Commands.Exit.Status(3));
    stage.offerExpanding(NEXT);
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.SUCCEEDED, result.state());
    assertEquals("failed", step(result, "contract").state());
    assertEquals(
        "cannot contract the data of 1.2.0 with `contract`: it exited with status 3",
        step(result, "contract").detail());
    assertEquals(Optional.of(NEXT), stage.picture().current());
  }

  @Test
  void aContractionThatIsCutShortRunsAnew() throws IOException {
    stage.configure(Deployments::contracting);
    stage.offerExpanding(NEXT);
    Lives lives = stage.accept(UPDATE);
    int calls = 9;
    stage.outside().dieAfter(calls);
    while (!lives.until(At.NEVER)) {
      assertEquals("contract | 1.2.0", last(), stage.outside().log()::toString);
    }
    assertEquals(2, stage.outside().log().stream().filter("contract | 1.2.0"::equals).count());
    assertEquals(Outcome.SUCCEEDED, lives.ending().outcome());
  }

  private String last() {
    List<String> log = stage.outside().log();
    return log.get(log.size() - 1);
  }

  private void changeSchemaBy(String program) {
    stage
        .outside()
        .commands
        .on(
            program,
            (command, output, interruption) -> {
              stage.outside().database.write(FakeDatabase.SCHEMA + "by " + program);
              return new Commands.Exit.Status(0);
            });
  }

  @Test
  void noRollbackGoesPastAContraction() throws IOException {
    stage.configure(Deployments::contracting);
    stage.offerExpanding(NEXT);
    changeSchemaBy("contract");
    stage.mustSucceed(UPDATE);
    for (Request back : List.of(ROLLBACK, Request.of(Action.ROLLBACK, Stage.OLD))) {
      Result refused = stage.result(back);
      assertEquals(Outcome.FAILED, refused.state());
      assertEquals("SCHEMA_MISMATCH", refused.error().code());
      assertEquals("resolve", refused.error().step());
    }
  }

  @Test
  void aRollbackGoesPastAnExpansion() throws IOException {
    stage.offerExpanding(NEXT);
    changeSchemaBy("migrate");
    stage.mustSucceed(UPDATE);
    stage.mustSucceed(ROLLBACK);
    assertEquals(Optional.of(Stage.OLD), stage.picture().current());
    assertEquals(FakeDatabase.SCHEMA + "by migrate", stage.picture().data());
  }
}
