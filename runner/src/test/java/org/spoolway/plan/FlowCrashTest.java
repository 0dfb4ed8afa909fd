package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.spoolway.engine.Ending;
import org.spoolway.engine.Lives;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.DyingJournal.Moment;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.schema.Outcome;

/** Every flow, with a runner that dies anywhere in it: the next one reaches one of the two ends. */
class FlowCrashTest {

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private final Map<Flow, Picture> pictures = new EnumMap<>(Flow.class);
  private int stages;

  static Stream<Arguments> everyFlowAndMoment() {
    return Arrays.stream(Flow.values())
        .flatMap(flow -> Arrays.stream(Moment.values()).map(m -> Arguments.of(flow, m)));
  }

  @ParameterizedTest
  @MethodSource("everyFlowAndMoment")
  void aDeathAtAnyAppendLeadsToOneOfTheTwoEnds(Flow flow, Moment moment) throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      Stage stage = flow.stage(next());
      Picture before = stage.picture();
      Lives lives = stage.accept(flow.request());
      died = !lives.until(new At(n, moment));
      assertOneOfTheTwoEnds(flow, stage, before, lives, moment + " append " + n);
    }
  }

  @ParameterizedTest
  @EnumSource(Flow.class)
  void aDeathBeforeOrAfterAnyCallLeadsToOneOfTheTwoEnds(Flow flow) throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      Stage early = flow.stage(next());
      early.outside().dieBefore(n);
      dieAndLive(flow, early, "before call " + n);
      Stage late = flow.stage(next());
      late.outside().dieAfter(n);
      died = dieAndLive(flow, late, "after call " + n);
    }
  }

  private boolean dieAndLive(Flow flow, Stage stage, String where) throws IOException {
    Picture before = stage.picture();
    Lives lives = stage.accept(flow.request());
    boolean died = !lives.until(At.NEVER);
    assertOneOfTheTwoEnds(flow, stage, before, lives, where);
    return died;
  }

  @ParameterizedTest
  @EnumSource(names = {"FIRST_INSTALL", "UPDATE", "ROLLBACK", "RESTORE"})
  void aSecondDeathDuringRecoveryChangesNothing(Flow flow) throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      for (int m : new int[] {2, 6}) {
        Stage stage = flow.stage(next());
        Picture before = stage.picture();
        Lives lives = stage.accept(flow.request());
        died = !lives.until(new At(n, Moment.BEFORE));
        lives.until(new At(m, Moment.BEFORE));
        assertOneOfTheTwoEnds(flow, stage, before, lives, "appends " + n + " and " + m);
      }
    }
  }

  private void assertOneOfTheTwoEnds(
      Flow flow, Stage stage, Picture before, Lives lives, String where) throws IOException {
    lives.toTheEnd();
    Ending ending = stage.remember(flow.request(), lives);
    String what = flow + ", died " + where + ": " + ending;
    if (ending.outcome() == Outcome.SUCCEEDED) {
      assertEquals(undisturbed(flow), stage.picture(), what);
    } else {
      assertEquals(Outcome.ROLLED_BACK, ending.outcome(), what);
      assertEquals("INTERRUPTED", ending.failure().code(), what);
      assertEquals(before, stage.picture(), what);
      stage.mustSucceed(flow.request());
    }
    assertTrue(lives.progress().attempt() <= 3, what);
  }

  private Picture undisturbed(Flow flow) throws IOException {
    if (!pictures.containsKey(flow)) {
      Stage stage = flow.stage(next());
      stage.mustSucceed(flow.request());
      pictures.put(flow, stage.picture());
    }
    return pictures.get(flow);
  }

  private Path next() throws IOException {
    return Files.createDirectory(directory.resolve("stage-" + ++stages));
  }
}
