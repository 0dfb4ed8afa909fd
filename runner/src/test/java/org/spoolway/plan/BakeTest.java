package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.FakeDatabase;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.problem.Problem;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Request.Data;
import org.spoolway.schema.Request.Params;
import org.spoolway.schema.Result;
import org.spoolway.schema.Version;

/** A release that is watched while users are served. */
@Timeout(60)
class BakeTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);
  private static final Request ROLLBACK = Request.of(Action.ROLLBACK, null);
  private static final String EXPANDING = "{ \"migrations\": \"expand\" }";
  private static final Version NEXT = new Version("1.2.0");

  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private WatchedUpdate update;
  private Stage stage;

  @BeforeEach
  void install() throws IOException {
    update = new WatchedUpdate(directory);
    stage = update.stage;
  }

  private static Result.Step step(Result result, String name) {
    return result.steps().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private static Request rollback(Data data) {
    Params params = new Params(null, null, null, null, data);
    return new Request(null, null, Action.ROLLBACK, params, null, null, false, null, null, null);
  }

  @Test
  void whatStaysHealthyHasSucceeded() throws IOException {
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.SUCCEEDED, result.state());
    Result.Step bake = step(result, "bake");
    assertEquals("done", bake.state());
    assertEquals(
        "watched for 30 ms while users are served; goes back if it turns unhealthy, unless that"
            + " would lose what they have written",
        bake.why());
    assertEquals("healthy for 30 ms with users; the last answer: version 1.1.0", bake.detail());
  }

  @Test
  void withoutAMigrationNothingCanBeLost() throws IOException {
    stage.nothingPending();
    Result result = stage.result(UPDATE);
    assertEquals(
        "watched for 30 ms while users are served; goes back if it turns unhealthy",
        step(result, "bake").why());
  }

  @Test
  void aDryRunSaysHowLongAndWatchesNothing() throws IOException {
    update.bake(Duration.ofMinutes(15));
    Result result =
        stage.result(
            new Request(null, null, Action.UPDATE, null, null, null, true, null, null, null));
    assertEquals(Outcome.PLANNED, result.state());
    assertEquals("planned", step(result, "bake").state());
    assertTrue(step(result, "bake").why().startsWith("watched for 15 min while users"));
  }

  @Test
  void theFirstReleaseIsNotWatched() throws IOException {
    Stage fresh = Stage.empty(directory.resolve("fresh"));
    fresh.configure(d -> Deployments.baking(d, LONG));
    Result result = fresh.result(UPDATE);
    assertEquals(Outcome.SUCCEEDED, result.state());
    assertEquals("there is no release to go back to", step(result, "bake").why());
  }

  @Test
  void whatCannotBeAskedIsNotWatched() throws IOException {
    Stage plain = Stage.empty(directory.resolve("plain"));
    plain.configure(Deployments::plain);
    plain.configure(d -> Deployments.baking(d, LONG));
    plain.mustSucceed(UPDATE);
    plain.offer(Stage.NEW);
    Result result = plain.result(UPDATE);
    assertEquals(Outcome.SUCCEEDED, result.state());
    assertEquals("neither `health.url` nor a service", step(result, "bake").why());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void withoutAMigrationTheOldReleaseComesBack(int look) throws IOException {
    stage.nothingPending();
    Picture before = stage.picture();
    update.atLook(look, update::getSick);
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.ROLLED_BACK, result.state());
    assertEquals("GATE_FAILED", result.error().code());
    assertEquals("bake", result.error().step());
    assertTrue(
        result
            .error()
            .message()
            .startsWith("cannot keep 1.1.0, which turned unhealthy 0 s after users were let in: "),
        result.error()::message);
    assertEquals(before, stage.picture());
  }

  @Test
  void whatMigrationsHaveAddedStaysWithWhatUsersWrote() throws IOException {
    stage.configure(Deployments::contracting);
    stage.offer(Stage.NEW, Map.of("release.json", EXPANDING));
    update.atLook(
        1,
        () -> {
          update.usersWrite();
          update.getSick();
        });
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.ROLLED_BACK, result.state());
    Picture after = stage.picture();
    assertEquals(Optional.of(Stage.OLD), after.current());
    assertEquals(Stage.OLD, after.running());
    assertEquals(WatchedUpdate.MIGRATED + "\na new note", after.data());
    assertFalse(stage.outside().log().toString().contains("contract"));
  }

  @Test
  void whereNobodyHasWrittenTheDataComeBackToo() throws IOException {
    Picture before = stage.picture();
    update.atLook(2, update::getSick);
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.ROLLED_BACK, result.state());
    assertEquals(before, stage.picture());
    assertEquals("notes of users", stage.picture().data());
  }

  @Test
  void aServiceThatDiesIsGoneBackFrom() throws IOException {
    Picture before = stage.picture();
    update.atLook(2, () -> stage.outside().services.setRunning(null));
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.ROLLED_BACK, result.state());
    assertEquals("SERVICE_DIED", result.error().code());
    assertEquals(before, stage.picture());
  }

  private Result stays() throws IOException {
    stage.configure(Deployments::contracting);
    update.atLook(
        2,
        () -> {
          update.usersWrite();
          update.getSick();
        });
    return stage.result(UPDATE);
  }

  @Test
  void whatUsersWroteIsNotTakenAwayUnasked() throws IOException {
    Result result = stays();
    assertEquals(Outcome.NEEDS_INTERVENTION, result.state());
    assertEquals("ROLLBACK_WOULD_LOSE", result.error().code());
    assertEquals("bake", result.error().step());
    assertTrue(
        result
            .error()
            .message()
            .startsWith(
                "cannot go back to 1.0.0: the application may have written since the update, and"
                    + " a migration has changed the form of the data, so that what was written would"
                    + " be lost (as far as it can be told: lines: 1 added); it was to go back"
                    + " because: cannot keep 1.1.0, which turned unhealthy"),
        result.error()::message);
    assertTrue(result.error().fix().startsWith("`spoolway rollback notes --data=restore` goes"));
    assertEquals("failed", step(result, "bake").state());
    for (String skipped : List.of("contract", "prune", "notify")) {
      assertEquals("skipped", step(result, skipped).state(), skipped);
      assertEquals(
          "what is live has not proved itself, so all that may be needed stays",
          step(result, skipped).why());
    }
    Picture after = stage.picture();
    assertEquals(Optional.of(Stage.NEW), after.current());
    assertEquals(Stage.NEW, after.running());
    assertEquals(WatchedUpdate.MIGRATED + "\na new note", after.data());
    assertFalse(after.page());
    assertFalse(stage.outside().log().toString().contains("contract"));
  }

  @Test
  void whatUsersWroteStaysWhereTheOldReleaseCanWorkWithIt() throws IOException {
    update.migrateTo("notes of users");
    update.atLook(
        2,
        () -> {
          stage.outside().database.write("notes of users\na new note");
          update.getSick();
        });
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.ROLLED_BACK, result.state());
    assertEquals("GATE_FAILED", result.error().code());
    assertEquals(Optional.of(Stage.OLD), stage.picture().current());
    assertEquals(Stage.OLD, stage.picture().running());
    assertEquals("notes of users\na new note", stage.picture().data());
  }

  @Test
  void whoeverAsksForItGoesBackWithTheDataOfBefore() throws IOException {
    stays();
    Result refused = stage.result(ROLLBACK);
    assertEquals(Outcome.FAILED, refused.state());
    assertEquals("ROLLBACK_WOULD_LOSE", refused.error().code());
    stage.mustSucceed(rollback(Data.RESTORE));
    assertEquals(Optional.of(Stage.OLD), stage.picture().current());
    assertEquals("notes of users", stage.picture().data());
    assertEquals(Outcome.UNCHANGED, stage.run(UPDATE).outcome(), "it was gone back from");
  }

  @Test
  void aNewerReleaseMendsIt() throws IOException {
    stays();
    stage.outside().whenAsked = () -> {};
    stage.nothingPending();
    stage.offer(NEXT);
    stage.mustSucceed(UPDATE);
    assertEquals(Optional.of(NEXT), stage.picture().current());
    assertTrue(stage.picture().data().contains("a new note"));
  }

  @Test
  void whereNobodyCanTellWhetherUsersWroteNothingIsTakenAway() throws IOException {
    update.atLook(
        2,
        () -> {
          stage.outside().database.fail(FakeDatabase.Call.MARK, Problem.SNAPSHOT_FAILED);
          update.getSick();
        });
    Result result = stage.result(UPDATE);
    assertEquals(Outcome.NEEDS_INTERVENTION, result.state());
    assertEquals("ROLLBACK_WOULD_LOSE", result.error().code());
    assertEquals(WatchedUpdate.MIGRATED, stage.picture().data());
  }

  @Test
  void contractingFollowsTheBake() throws IOException {
    stage.configure(Deployments::contracting);
    stage.offer(Stage.NEW, Map.of("release.json", EXPANDING));
    update.atLook(2, () -> assertFalse(stage.outside().log().toString().contains("contract")));
    stage.mustSucceed(UPDATE);
    assertTrue(update.looks() >= 2);
    assertTrue(stage.outside().log().contains("contract | 1.1.0"));
  }
}
