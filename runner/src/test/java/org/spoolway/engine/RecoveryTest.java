package org.spoolway.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.engine.Step.Observation;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.DyingJournal.Moment;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry;
import org.spoolway.journal.JournalFile;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;

/** What a restarted runner decides, where the crash matrix does not show it. */
class RecoveryTest {

  private static final Request REQUEST = Request.of(Action.UPDATE, null);
  private static final int UNTIL_SWAPPED = 2 + 2 * ToyPlan.STEPS.indexOf("c3") + 1;

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private final ToyWorld world = new ToyWorld();

  @ParameterizedTest
  @EnumSource(ToyFault.Kind.class)
  void aWorldThatCannotBeLookedAtMeansGoingBack(ToyFault.Kind kind) throws IOException {
    Lives lives = lives(kind);
    assertFalse(lives.until(new At(UNTIL_SWAPPED, Moment.BEFORE)));
    assertTrue(world.isNew("c3"));
    assertEquals(Outcome.ROLLED_BACK, lives.toTheEnd().outcome());
    assertTrue(world.isAllOld(), world::toString);
  }

  @Test
  void aJobThatIsFoundSwappedInSaysSo() throws IOException {
    Lives lives = lives();
    lives.until(new At(UNTIL_SWAPPED, Moment.BEFORE));
    lives.toTheEnd();
    assertEquals(
        "found done after a restart",
        lives.progress().steps().get(ToyPlan.STEPS.indexOf("c3")).detail());
  }

  @Test
  void aJobThatEndsItsRunnerDuringTheProofIsPutBackAfterThreeStarts() throws IOException {
    Lives lives = lives();
    int changesUntilTheProof = 2 * ToyPlan.STEPS.indexOf("g1") - 1;
    world.dyingAtChange(changesUntilTheProof);
    assertFalse(lives.until(At.NEVER));
    for (int start = 2; start <= JobProgress.MAX_ATTEMPTS; start++) {
      world.dyingAtChange(1);
      assertFalse(lives.until(At.NEVER), "start " + start);
      assertTrue(world.isNew("c3"), world::toString);
    }
    Ending ending = lives.toTheEnd();
    assertEquals(Outcome.ROLLED_BACK, ending.outcome());
    assertEquals("TOO_MANY_ATTEMPTS", ending.failure().code());
    assertEquals("g1", ending.failure().step());
    assertTrue(world.isAllOld(), world::toString);
  }

  @Test
  void aStepThatEndsItsRunnerAfterwardsIsGivenUpAfterThreeStarts() throws IOException {
    Lives lives = lives();
    int changesUntilAfterwards = 2 * ToyPlan.STEPS.indexOf("a1") - 1;
    world.dyingAtChange(changesUntilAfterwards);
    assertFalse(lives.until(At.NEVER));
    for (int start = 2; start <= JobProgress.MAX_ATTEMPTS; start++) {
      world.dyingAtChange(1);
      assertFalse(lives.until(At.NEVER), "start " + start);
    }
    world.dyingAtChange(3);
    assertEquals(new Ending(Outcome.SUCCEEDED, null), lives.toTheEnd());
    assertTrue(world.isNew("a2") && !world.isNew("a1"), world::toString);
    assertEquals(
        "failed", lives.progress().steps().get(ToyPlan.STEPS.indexOf("a1")).state().wireName());
  }

  @Test
  void nothingIsDecidedAboutAJobThatWaitsOrHasEnded() throws IOException {
    Path file = directory.resolve("journal");
    Lives lives = lives();
    int waiting = JournalFile.read(file).size();
    lives.until(new At(1, Moment.BEFORE));
    assertEquals(waiting, JournalFile.read(file).size());
    lives.toTheEnd();
    int ended = JournalFile.read(file).size();
    lives.toTheEnd();
    assertEquals(ended, JournalFile.read(file).size());
  }

  @Test
  void theFailureNamesTheStepInWhichTheRunnerEnded() throws IOException {
    Lives lives = lives();
    lives.until(new At(2 + 2 * ToyPlan.STEPS.indexOf("c1"), Moment.AFTER));
    Ending ending = lives.toTheEnd();
    assertEquals("c1", ending.failure().step());
    assertEquals("INTERRUPTED", ending.failure().code());
    JournalEntry.TurnedBack back = lives.progress().turnedBack();
    assertTrue(back.crashed());
  }

  private Lives lives() throws IOException {
    return Lives.of(directory.resolve("journal"), REQUEST, () -> ToyPlan.of(world));
  }

  private Lives lives(ToyFault.Kind blindness) throws IOException {
    return Lives.of(
        directory.resolve("journal"),
        REQUEST,
        () -> DecoratedStep.all(ToyPlan.of(world), step -> new Blind(step, blindness)));
  }

  /** A step whose world cannot be looked at. */
  private static final class Blind extends DecoratedStep {

    private final ToyFault.Kind kind;

    private Blind(Step step, ToyFault.Kind kind) {
      super(step);
      this.kind = kind;
    }

    @Override
    public Observation observe(Facts facts) throws ProblemException, IOException {
      kind.fail();
      return Observation.PRESENT;
    }
  }
}
