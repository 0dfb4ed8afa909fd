package org.spoolway.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.DyingJournal.Moment;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.journal.StepProgress;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Version;

/**
 * A dry run shows the plan and changes nothing; a run that names the plan carries out that one
 * only.
 */
class DryRunTest {

  private static final Request DRY =
      new Request(null, null, Action.UPDATE, null, null, null, true, null, null, null);

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private final ToyWorld world = new ToyWorld().needless("c2");
  private int journals;

  @Test
  void aDryRunDoesOnlyWhatLooks() throws IOException {
    Lives lives = lives(DRY);
    assertEquals(new Ending(Outcome.PLANNED, null), lives.toTheEnd());
    assertEquals(List.of("look look"), world.effects());
  }

  @Test
  void aDryRunShowsEachStepWithWhetherItWouldRunAndWhy() throws IOException {
    Lives lives = lives(DRY);
    lives.toTheEnd();
    assertEquals(ToyPlan.STEPS, lives.progress().steps().stream().map(StepProgress::name).toList());
    for (StepProgress step : lives.progress().steps()) {
      boolean needless = step.name().equals("c2");
      String state = step.name().equals("look") ? "done" : needless ? "skipped" : "planned";
      assertEquals(state, step.state().wireName(), step.name());
      assertEquals(needless ? "not needed" : "needed", step.why(), step.name());
    }
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void aDryRunThatDiesAnywhereIsPlannedInTheNextLife(Moment moment) throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      Lives lives = lives(DRY);
      died = !lives.until(new At(n, moment));
      assertEquals(Outcome.PLANNED, lives.toTheEnd().outcome());
    }
    assertEquals(List.of("look look"), world.effects().stream().distinct().toList());
  }

  @Test
  void thePlanThatWasShownIsCarriedOut() throws IOException {
    Lives lives = lives(asShown(hash()));
    assertEquals(Outcome.SUCCEEDED, lives.toTheEnd().outcome());
  }

  @Test
  void anotherPlanThanTheOneShownIsRefusedBeforeAnythingChanges() throws IOException {
    String shown = hash();
    world.needless("c3");
    Lives lives = lives(asShown(shown));
    Ending ending = lives.toTheEnd();
    assertEquals(Outcome.FAILED, ending.outcome());
    assertEquals("PLAN_CHANGED", ending.failure().code());
    assertEquals("resolve", ending.failure().step());
    assertEquals(List.of("look look", "look look"), world.effects());
  }

  @Test
  void aPlanIsComparedBeforeTheFirstChangeAndNotAgain() throws IOException {
    Lives lives = lives(asShown(hash()));
    int appendsUntilTheProof = 2 + 2 * ToyPlan.STEPS.indexOf("g1");
    lives.until(new At(appendsUntilTheProof, Moment.AFTER));
    world.needless("g2");
    assertEquals(Outcome.SUCCEEDED, lives.toTheEnd().outcome());
  }

  @ParameterizedTest
  @EnumSource(ToyFault.Kind.class)
  void aPlanThatCannotBeComparedFailsTheJob(ToyFault.Kind kind) throws IOException {
    String shown = hash();
    world.failing("c3", new ToyFault(ToyFault.When.DECIDING, kind));
    Ending ending = lives(asShown(shown)).toTheEnd();
    assertEquals(Outcome.FAILED, ending.outcome());
    assertEquals(kind.code(), ending.failure().code());
  }

  @Test
  void aRunWithoutAPlanIsComparedWithNone() throws IOException {
    Lives lives = lives(Request.of(Action.UPDATE, null));
    assertNull(lives.toTheEnd().failure());
  }

  @Test
  void theHashIsTheSameForTheSamePlanAndAnotherForAnyOther() throws IOException {
    String plan = hash();
    assertEquals(64, plan.length());
    assertEquals(plan, hash());
    world.needless("g1");
    assertEquals(1, List.of(plan, hash()).stream().filter(plan::equals).count());
  }

  private static Request asShown(String hash) {
    Version none = null;
    Request request = Request.of(Action.UPDATE, none);
    return new Request(null, null, request.action(), null, null, null, false, hash, null, null);
  }

  /** What a dry run of the world as it is now shows. */
  private String hash() throws IOException {
    Lives lives = lives(DRY);
    lives.toTheEnd();
    return PlanHash.of(Facts.of(DRY, lives.progress()), lives.progress());
  }

  private Lives lives(Request request) throws IOException {
    Supplier<Plan> plan = () -> ToyPlan.of(world);
    return Lives.of(directory.resolve("journal-" + ++journals), request, plan);
  }
}
