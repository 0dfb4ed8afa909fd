package org.spoolway.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.engine.ToyPlan.STEPS;
import static org.spoolway.engine.ToyPlan.done;
import static org.spoolway.engine.ToyPlan.undone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.lifecycle.JobState;
import org.spoolway.lifecycle.Phase;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;

/** A plan that fails after each step: the whole ordered log of effects, and the ending. */
class EngineFailureTest {

  private static final Request REQUEST = Request.of(Action.UPDATE, null);

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  @Test
  void aPlanThatSucceedsRunsEveryStepOnceAndInOrder() throws IOException {
    ToyWorld world = new ToyWorld();
    assertEquals(new Ending(Outcome.SUCCEEDED, null), lives(world).toTheEnd());
    assertEquals(done(STEPS).toList(), world.effects());
  }

  static Stream<Arguments> everyFault() {
    return STEPS.stream()
        .filter(step -> ToyPlan.phase(step) != Phase.AFTERWARDS)
        .flatMap(EngineFailureTest::faultsOf);
  }

  private static Stream<Arguments> faultsOf(String step) {
    return Stream.of(ToyFault.Kind.values())
        .flatMap(
            kind ->
                Stream.of(ToyFault.When.values())
                    .filter(when -> when.canStrike(step))
                    .map(when -> Arguments.of(step, new ToyFault(when, kind))));
  }

  @ParameterizedTest
  @MethodSource("everyFault")
  void aStepThatFailsIsUndoneThenThoseBeforeItBackwards(String step, ToyFault fault)
      throws IOException {
    ToyWorld world = new ToyWorld().failing(step, fault);
    Lives lives = lives(world);
    Ending ending = lives.toTheEnd();
    assertEquals(expectedEffects(step, fault), world.effects());
    assertTrue(world.isAllOld(), world::toString);
    boolean unnoticed =
        ToyPlan.phase(step) == Phase.PREPARE
            || (step.equals("c1") && fault.when() == ToyFault.When.DECIDING);
    assertEquals(unnoticed ? Outcome.FAILED : Outcome.ROLLED_BACK, ending.outcome());
    assertNotNull(ending.failure());
    assertEquals(fault.kind().code(), ending.failure().code());
    assertEquals(step, ending.failure().step());
    assertEquals(JobState.ENDED, lives.progress().state());
    assertEquals(1, lives.progress().attempt());
  }

  private static List<String> expectedEffects(String step, ToyFault fault) {
    int k = STEPS.indexOf(step);
    boolean finished = fault.when() == ToyFault.When.AFTER;
    boolean begun = fault.when() != ToyFault.When.DECIDING;
    return Stream.concat(
            done(STEPS.subList(0, finished ? k + 1 : k)),
            undone(STEPS.subList(0, begun ? k + 1 : k)))
        .toList();
  }

  static Stream<Arguments> everyBrokenUndo() {
    List<String> turning = STEPS.subList(0, STEPS.indexOf("a1"));
    return turning.stream()
        .flatMap(
            failing ->
                turning.subList(1, Math.max(1, turning.indexOf(failing) + 1)).stream()
                    .map(broken -> Arguments.of(failing, broken)));
  }

  @ParameterizedTest
  @MethodSource("everyBrokenUndo")
  void anUndoThatFailsNeedsInterventionAndTheNextTryFinishesIt(String failing, String broken)
      throws IOException {
    ToyFault fault = new ToyFault(ToyFault.When.AFTER, ToyFault.Kind.PROBLEM);
    ToyWorld world = new ToyWorld().failing(failing, fault).failingUndo(broken, 2);
    Lives lives = lives(world);
    for (int turn = 1; turn <= 2; turn++) {
      Ending stuck = lives.toTheEnd();
      assertEquals(Outcome.NEEDS_INTERVENTION, stuck.outcome());
      assertEquals(broken, stuck.failure().step());
      assertTrue(stuck.failure().message().contains("cannot undo " + broken), stuck::toString);
      assertTrue(stuck.failure().message().contains("cannot build it"), stuck::toString);
      assertEquals(JobState.BROKEN, lives.progress().state());
    }
    Ending cured = lives.toTheEnd();
    boolean unnoticed = ToyPlan.phase(failing) == Phase.PREPARE;
    assertEquals(unnoticed ? Outcome.FAILED : Outcome.ROLLED_BACK, cured.outcome());
    assertEquals(failing, cured.failure().step());
    assertEquals(expectedEffects(failing, fault), world.effects());
    assertTrue(world.isAllOld(), world::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"p1", "p2", "c1", "c2", "c3", "g1"})
  void aStepThatIsNotNeededIsNeitherRunNorUndone(String step) throws IOException {
    ToyFault fault = new ToyFault(ToyFault.When.AFTER, ToyFault.Kind.PROBLEM);
    ToyWorld world = new ToyWorld().needless(step).failing("g2", fault);
    assertEquals(Outcome.ROLLED_BACK, lives(world).toTheEnd().outcome());
    List<String> ran =
        STEPS.subList(0, STEPS.indexOf("a1")).stream().filter(s -> !s.equals(step)).toList();
    assertEquals(Stream.concat(done(ran), undone(ran)).toList(), world.effects());
  }

  @ParameterizedTest
  @MethodSource("everyFaultAfterwards")
  void whatFailsAfterwardsIsNotedAndChangesNothing(String step, ToyFault fault) throws IOException {
    ToyWorld world = new ToyWorld().failing(step, fault);
    Lives lives = lives(world);
    assertEquals(new Ending(Outcome.SUCCEEDED, null), lives.toTheEnd());
    boolean finished = fault.when() == ToyFault.When.AFTER;
    List<String> ran = STEPS.stream().filter(s -> finished || !s.equals(step)).toList();
    assertEquals(done(ran).toList(), world.effects());
    assertTrue(
        lives.progress().steps().stream()
            .anyMatch(s -> s.name().equals(step) && s.state().wireName().equals("failed")));
  }

  static Stream<Arguments> everyFaultAfterwards() {
    return Stream.of("a1", "a2").flatMap(EngineFailureTest::faultsOf);
  }

  private Lives lives(ToyWorld world) throws IOException {
    return Lives.of(directory.resolve("journal"), REQUEST, () -> ToyPlan.of(world));
  }
}
