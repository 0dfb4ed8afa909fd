package org.spoolway.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.spoolway.host.Interruption;
import org.spoolway.host.Interruption.Cause;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.lifecycle.JobState;
import org.spoolway.lifecycle.Phase;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;

/** A job that is asked to end while each of its steps runs. */
class EngineInterruptionTest {

  private static final Request REQUEST = Request.of(Action.UPDATE, null);

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private final ToyWorld world = new ToyWorld();
  private final Interruption interruption = new Interruption();

  /** What a step does when it is asked to end. */
  enum Manner {
    /** It ends early, half done. */
    HEEDS,
    /** It does not notice, and finishes. */
    FINISHES
  }

  static Stream<Arguments> everyStepAndCause() {
    return ToyPlan.STEPS.stream()
        .flatMap(
            step ->
                Stream.of(Cause.values())
                    .flatMap(
                        cause ->
                            Stream.of(Manner.values()).map(m -> Arguments.of(step, cause, m))));
  }

  @ParameterizedTest
  @MethodSource("everyStepAndCause")
  void whatIsAskedForDuringAStepDependsOnItsPhase(String step, Cause cause, Manner manner)
      throws IOException {
    Lives lives = lives(step, cause, manner);
    assertTrue(lives.live(At.NEVER, interruption));
    Phase phase = ToyPlan.phase(step);
    boolean swappedIn = step.equals("c3") && manner == Manner.FINISHES && cause == Cause.SHUTDOWN;
    if (phase.compareTo(Phase.CHANGE) > 0 || swappedIn) {
      assertEquals(Outcome.SUCCEEDED, lives.ending().outcome());
      assertEquals(ToyPlan.done(ToyPlan.STEPS).toList(), world.effects());
      return;
    }
    assertTrue(world.isAllOld(), world::toString);
    if (cause == Cause.CANCEL) {
      assertEquals(Outcome.CANCELLED, lives.ending().outcome());
    } else if (phase == Phase.PREPARE) {
      assertEquals(JobState.QUEUED, lives.progress().state());
    } else {
      assertEquals(Outcome.ROLLED_BACK, lives.ending().outcome());
      assertEquals("INTERRUPTED", lives.ending().failure().code());
    }
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void whatIsAskedForBeforeTheFirstStepRunsNone(Cause cause) throws IOException {
    interruption.request(cause);
    Lives lives = lives("none", cause, Manner.HEEDS);
    Interruption notYet = new Interruption();
    lives.until(new At(2, org.spoolway.journal.DyingJournal.Moment.BEFORE));
    assertFalse(notYet.requested());
    assertEquals(JobState.PREPARING, lives.progress().state());
    lives.live(At.NEVER, interruption);
    assertEquals(List.of(), world.effects());
  }

  @Test
  void aJobThatARunnerPutBackInItsQueueSucceedsInTheNextLife() throws IOException {
    Lives lives = lives("p2", Cause.SHUTDOWN, Manner.HEEDS);
    lives.live(At.NEVER, interruption);
    assertEquals(Outcome.QUEUED, lives.ending().outcome());
    assertEquals(Outcome.SUCCEEDED, lives.toTheEnd().outcome());
    assertEquals(2, lives.progress().attempt());
  }

  @Test
  void aStepThatFailsForAnotherReasonWhileItIsAskedToEndFailsForThatReason() throws IOException {
    world.failing("c1", new ToyFault(ToyFault.When.HALFWAY, ToyFault.Kind.PROBLEM));
    Lives lives = lives("c1", Cause.CANCEL, Manner.FINISHES);
    lives.live(At.NEVER, interruption);
    assertEquals(Outcome.ROLLED_BACK, lives.ending().outcome());
    assertEquals("BUILD_FAILED", lives.ending().failure().code());
  }

  private Lives lives(String step, Cause cause, Manner manner) throws IOException {
    return Lives.of(directory.resolve("journal"), REQUEST, () -> plan(step, cause, manner));
  }

  /** The toy plan, with somebody who asks for the end while one step runs. */
  private Plan plan(String asked, Cause cause, Manner manner) {
    return DecoratedStep.one(
        ToyPlan.of(world), asked, step -> new Asked(step, interruption, cause, manner));
  }

  /** A step during which the job is asked to end. */
  private static final class Asked extends DecoratedStep {

    private final Interruption interruption;
    private final Cause cause;
    private final Manner manner;

    private Asked(Step step, Interruption interruption, Cause cause, Manner manner) {
      super(step);
      this.interruption = interruption;
      this.cause = cause;
      this.manner = manner;
    }

    @Override
    public Evidence apply(Work work) throws ProblemException, IOException {
      interruption.request(cause);
      if (manner == Manner.HEEDS && work.interruption().requested()) {
        throw new ProblemException(Problem.INTERRUPTED, "cannot go on: it was asked to end");
      }
      return super.apply(work);
    }
  }
}
