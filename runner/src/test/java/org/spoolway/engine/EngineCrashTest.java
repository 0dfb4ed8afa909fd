package org.spoolway.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.DyingJournal.Moment;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.lifecycle.JobState;
import org.spoolway.lifecycle.Phase;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;

/**
 * The crash matrix of a toy plan: a runner that dies anywhere, once or twice, leaves a journal and
 * a world from which the next lives reach one of the two ends.
 */
class EngineCrashTest {

  private static final Request REQUEST = Request.of(Action.UPDATE, null);

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private int journals;

  /** A plan that succeeds, and one for each step and point at which it can fail. */
  static Stream<Optional<Failing>> scenarios(List<String> steps) {
    return Stream.concat(
        Stream.of(Optional.empty()),
        steps.stream()
            .flatMap(
                step ->
                    Stream.of(ToyFault.When.values())
                        .filter(when -> when.canStrike(step))
                        .map(when -> new ToyFault(when, ToyFault.Kind.PROBLEM))
                        .map(fault -> Optional.of(new Failing(step, fault)))));
  }

  /** A step that fails each time it runs. */
  record Failing(String step, ToyFault fault) {}

  static Stream<Arguments> everyScenarioAndMoment() {
    return scenarios(ToyPlan.STEPS)
        .flatMap(s -> Arrays.stream(Moment.values()).map(moment -> Arguments.of(s, moment)));
  }

  @ParameterizedTest
  @MethodSource("everyScenarioAndMoment")
  void aDeathAtAnyAppendLeadsToOneOfTheTwoEnds(Optional<Failing> failing, Moment moment)
      throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      ToyWorld world = world(failing);
      Lives lives = lives(ToyPlan.STEPS, world);
      died = !lives.until(new At(n, moment));
      JobProgress found = lives.progress();
      boolean swapped = world.isNew("c3");
      Ending ending = lives.toTheEnd();
      assertOneOfTheTwoEnds(ending, world);
      assertEquals(
          expected(failing, found, swapped), ending.outcome(), () -> found.state() + " " + world);
      assertTrue(lives.progress().attempt() <= (died ? 2 : 1), () -> found.state() + " " + world);
    }
  }

  /** What a restart owes to a job found like this. */
  private static Outcome expected(Optional<Failing> failing, JobProgress found, boolean swapped) {
    if (found.state() == JobState.CHANGING) {
      return swapped ? withoutSwap(failing) : Outcome.ROLLED_BACK;
    }
    return undisturbed(failing);
  }

  /** A last step of the cutover that is found done is not run again, and so cannot fail again. */
  private static Outcome withoutSwap(Optional<Failing> failing) {
    return undisturbed(failing.filter(f -> !f.step().equals("c3")));
  }

  private static Outcome undisturbed(Optional<Failing> failing) {
    if (failing.isEmpty() || ToyPlan.phase(failing.get().step()) == Phase.AFTERWARDS) {
      return Outcome.SUCCEEDED;
    }
    boolean unnoticed =
        ToyPlan.phase(failing.get().step()) == Phase.PREPARE
            || failing
                .get()
                .equals(
                    new Failing("c1", new ToyFault(ToyFault.When.DECIDING, ToyFault.Kind.PROBLEM)));
    return unnoticed ? Outcome.FAILED : Outcome.ROLLED_BACK;
  }

  static Stream<Optional<Failing>> everyScenario() {
    return scenarios(ToyPlan.STEPS);
  }

  @ParameterizedTest
  @MethodSource("everyScenario")
  void aDeathInTheMiddleOfAnyChangeLeadsToOneOfTheTwoEnds(Optional<Failing> failing)
      throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      ToyWorld world = world(failing).dyingAtChange(n);
      Lives lives = lives(ToyPlan.STEPS, world);
      died = !lives.until(At.NEVER);
      Ending ending = lives.toTheEnd();
      assertOneOfTheTwoEnds(ending, world);
    }
  }

  static Stream<Arguments> everyScenarioOfFewAndMoment() {
    return scenarios(ToyPlan.FEW)
        .filter(s -> s.isEmpty() || s.get().fault().when() == ToyFault.When.HALFWAY)
        .flatMap(s -> Arrays.stream(Moment.values()).map(moment -> Arguments.of(s, moment)));
  }

  @ParameterizedTest
  @MethodSource("everyScenarioOfFewAndMoment")
  void aSecondDeathDuringRecoveryChangesNothing(Optional<Failing> failing, Moment moment)
      throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      boolean diedAgain = true;
      for (int m = 1; diedAgain; m++) {
        ToyWorld world = world(failing);
        Lives lives = lives(ToyPlan.FEW, world);
        died = !lives.until(new At(n, moment));
        diedAgain = !lives.until(new At(m, moment));
        Ending ending = lives.toTheEnd();
        assertOneOfTheTwoEnds(ending, world);
        assertTrue(lives.progress().attempt() <= JobProgress.MAX_ATTEMPTS);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyScenario")
  void anAppendThatWasTornLeadsToOneOfTheTwoEnds(Optional<Failing> failing) throws IOException {
    int stride = failing.isEmpty() ? 1 : 50;
    boolean died = true;
    for (int n = 1; died; n++) {
      ToyWorld world = world(failing);
      Path file = nextFile();
      died = !Lives.of(file, REQUEST, () -> ToyPlan.of(world)).until(new At(n, Moment.AFTER));
      byte[] whole = Files.readAllBytes(file);
      for (int cut = startOfLastLine(whole); cut < whole.length && died; cut += stride) {
        ToyWorld torn = world.copy();
        Files.write(file, Arrays.copyOf(whole, cut));
        Lives lives = Lives.goingOn(file, REQUEST, () -> ToyPlan.of(torn));
        assertOneOfTheTwoEnds(lives.toTheEnd(), torn);
      }
    }
  }

  private static int startOfLastLine(byte[] bytes) {
    int start = bytes.length - 1;
    while (bytes[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  @Test
  void theThirdDeathBeforeAnybodyCouldNoticeIsTheLast() throws IOException {
    ToyWorld world = new ToyWorld();
    Lives lives = lives(ToyPlan.STEPS, world);
    for (int attempt = 1; attempt <= JobProgress.MAX_ATTEMPTS; attempt++) {
      int changesUntilBuilding = attempt == 1 ? 3 : 5;
      world.dyingAtChange(changesUntilBuilding);
      assertFalse(lives.until(At.NEVER));
      assertEquals(attempt, lives.progress().attempt());
    }
    Ending ending = lives.toTheEnd();
    assertEquals(Outcome.FAILED, ending.outcome());
    assertEquals("TOO_MANY_ATTEMPTS", ending.failure().code());
    assertEquals("p2", ending.failure().step());
    assertTrue(world.isAllOld(), world::toString);
  }

  private static void assertOneOfTheTwoEnds(Ending ending, ToyWorld world) {
    if (ending.outcome() == Outcome.SUCCEEDED) {
      assertTrue(world.isNew("c1") && world.isNew("p1") && world.isNew("g1"), world::toString);
    } else {
      assertTrue(
          ending.outcome() == Outcome.FAILED || ending.outcome() == Outcome.ROLLED_BACK,
          () -> ending + " " + world);
      assertTrue(world.isAllOld(), () -> ending + " " + world);
    }
  }

  private static ToyWorld world(Optional<Failing> failing) {
    ToyWorld world = new ToyWorld();
    failing.ifPresent(f -> world.failing(f.step(), f.fault()));
    return world;
  }

  private Lives lives(List<String> steps, ToyWorld world) throws IOException {
    return Lives.of(nextFile(), REQUEST, () -> ToyPlan.of(steps, world));
  }

  private Path nextFile() throws IOException {
    Files.deleteIfExists(directory.resolve("journal-" + journals));
    return directory.resolve("journal-" + ++journals);
  }
}
