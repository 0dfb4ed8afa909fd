package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.engine.Lives;
import org.spoolway.host.Interruption;
import org.spoolway.host.Interruption.Cause;
import org.spoolway.journal.Death;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.lifecycle.JobState;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Result;

/** A runner that ends while it watches, in order or not, and the next one. */
@Timeout(60)
class BakeInterruptionTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);

  /** So long that a test which waited for its end would not end. */
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

  /** A runner that is asked to end at its first look. */
  private Lives leaveOff(Cause... causes) throws IOException {
    update.bake(LONG);
    Lives lives = stage.accept(UPDATE);
    leaveOff(lives, causes);
    return lives;
  }

  private void leaveOff(Lives lives, Cause... causes) throws IOException {
    Interruption interruption = new Interruption();
    update.atLook(
        1,
        () -> {
          for (Cause cause : causes) {
            interruption.request(cause);
          }
        });
    lives.live(At.NEVER, interruption);
    assertEquals(Outcome.RUNNING, lives.ending().outcome());
    assertEquals(JobState.PROVING, lives.progress().state());
    assertEquals(Optional.of(Stage.NEW), stage.picture().current());
    assertEquals(Stage.NEW, stage.picture().running());
    assertFalse(stage.picture().page());
  }

  @Test
  void aRunnerThatEndsLeavesItToTheNextWhichWatchesForWhatRemains() throws IOException {
    Lives lives = leaveOff(Cause.SHUTDOWN);
    stage.laterBy(LONG.minusMillis(30));
    stage.outside().forget();
    lives.toTheEnd();
    assertEquals(Outcome.SUCCEEDED, stage.remember(UPDATE, lives).outcome());
    assertEquals(List.of("ask 1.1.0 | 1.1.0"), stage.outside().log());
  }

  /** It was away as well, and a release that crashes time and again is never watched to the end. */
  @Test
  void aRunnerThatIsWatchedItselfHasToWorkForAsLongAgain() throws IOException {
    Lives lives = leaveOff(Cause.SHUTDOWN);
    stage.configure(Deployments::ofTheRunner);
    stage.laterBy(LONG);
    leaveOff(lives, Cause.SHUTDOWN);
  }

  @Test
  void whatRemainsIsStillWatched() throws IOException {
    Lives lives = leaveOff(Cause.SHUTDOWN);
    stage.laterBy(LONG.minusMinutes(1));
    leaveOff(lives, Cause.SHUTDOWN);
    stage.laterBy(LONG.minusMillis(30));
    update.atLook(2, update::getSick);
    assertEquals(Outcome.ROLLED_BACK, lives.toTheEnd().outcome());
    assertEquals("bake", lives.ending().failure().step());
  }

  @Test
  void aClockThatWasSetBackDoesNotProlongIt() throws IOException {
    Lives lives = leaveOff(Cause.SHUTDOWN);
    update.bake(Duration.ofMillis(30));
    stage.laterBy(Duration.ofDays(-1));
    assertEquals(Outcome.SUCCEEDED, lives.toTheEnd().outcome());
  }

  @Test
  void anyNumberOfRunnersThatEndInOrderUndoNothing() throws IOException {
    Lives lives = leaveOff(Cause.SHUTDOWN);
    for (int i = 0; i < 7; i++) {
      leaveOff(lives, Cause.SHUTDOWN);
    }
    stage.laterBy(LONG);
    assertEquals(Outcome.SUCCEEDED, lives.toTheEnd().outcome());
  }

  @ParameterizedTest
  @EnumSource(names = {"ROLLED_BACK", "NEEDS_INTERVENTION"})
  void threeRunnersThatDieInItAreEnough(Outcome end) throws IOException {
    Lives lives = leaveOff(Cause.SHUTDOWN);
    for (int i = 0; i < 3; i++) {
      leaveOff(lives, Cause.SHUTDOWN);
      update.atLook(
          1,
          () -> {
            throw new Death("in the bake");
          });
      assertFalse(lives.until(At.NEVER));
    }
    stage.outside().whenAsked = () -> {};
    if (end == Outcome.NEEDS_INTERVENTION) {
      update.usersWrite();
    }
    assertEquals(end, lives.toTheEnd().outcome());
    String code = end == Outcome.ROLLED_BACK ? "TOO_MANY_ATTEMPTS" : "ROLLBACK_WOULD_LOSE";
    assertEquals(code, lives.ending().failure().code());
    assertEquals("bake", lives.ending().failure().step());
    boolean back = end == Outcome.ROLLED_BACK;
    assertEquals(Optional.of(back ? Stage.OLD : Stage.NEW), stage.picture().current());
  }

  @Test
  void aCancelThatCameTooLateKeepsNoRunnerFromEnding() throws IOException {
    Lives lives = leaveOff(Cause.CANCEL, Cause.SHUTDOWN);
    stage.laterBy(LONG);
    assertEquals(Outcome.SUCCEEDED, lives.toTheEnd().outcome());
  }

  @Test
  void whatServedIsStartedAgainAfterTheHostWas() throws IOException {
    Lives lives = leaveOff(Cause.SHUTDOWN);
    stage.outside().services.setRunning(null);
    stage.laterBy(LONG);
    assertEquals(Outcome.SUCCEEDED, lives.toTheEnd().outcome());
    assertEquals(Stage.NEW, stage.picture().running());
  }

  @Test
  void whatDoesNotStartAgainTakesNothingAwayEither() throws IOException {
    Lives lives = leaveOff(Cause.SHUTDOWN);
    stage.outside().services.setRunning(null);
    stage.outside().stillborn.add(Stage.NEW);
    update.usersWrite();
    assertEquals(Outcome.NEEDS_INTERVENTION, lives.toTheEnd().outcome());
    assertTrue(lives.ending().failure().message().contains("it ended at once"));
    assertEquals(WatchedUpdate.MIGRATED + "\na new note", stage.picture().data());
  }

  @Test
  void whoeverTakesItOutOfTheFileEndsIt() throws IOException {
    Lives lives = leaveOff(Cause.SHUTDOWN);
    update.bake(Duration.ZERO);
    lives.toTheEnd();
    Result result = Stage.report(UPDATE, lives);
    assertEquals(Outcome.SUCCEEDED, result.state());
    assertEquals(
        List.of("the deployment's file does not ask for it any more"),
        result.steps().stream()
            .filter(s -> s.name().equals("bake"))
            .map(Result.Step::why)
            .toList());
    assertNull(result.error());
  }
}
