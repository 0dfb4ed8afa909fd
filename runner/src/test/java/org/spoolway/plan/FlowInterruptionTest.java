package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.engine.DecoratedStep;
import org.spoolway.engine.Lives;
import org.spoolway.engine.Plan;
import org.spoolway.engine.Step;
import org.spoolway.engine.Work;
import org.spoolway.host.Interruption;
import org.spoolway.host.Interruption.Cause;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.journal.StepProgress;
import org.spoolway.lifecycle.Phase;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Outcome;

/** Every flow, asked to end while each of its steps runs. */
class FlowInterruptionTest {

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private int stages;

  static Stream<Arguments> everyFlowAndCause() {
    return Arrays.stream(Flow.values())
        .flatMap(flow -> Stream.of(Cause.values()).map(cause -> Arguments.of(flow, cause)));
  }

  @ParameterizedTest
  @MethodSource("everyFlowAndCause")
  void aFlowThatIsAskedToEndGoesBackOrIsFinished(Flow flow, Cause cause) throws IOException {
    List<StepProgress> steps = stepsThatRun(flow);
    for (StepProgress step : steps) {
      boolean lastOfAll = step.equals(steps.get(steps.size() - 1));
      Stage stage = flow.stage(next());
      Picture before = stage.picture();
      Outcome outcome = interrupt(stage, flow, step, cause);
      String where = flow + ", " + cause + " in " + step.name() + ": " + outcome;
      if (outcome == Outcome.SUCCEEDED) {
        assertTrue(step.phase() == Phase.PROOF || isLastOfCutover(steps, step) || lastOfAll, where);
      } else {
        assertEquals(before, stage.picture(), where);
        assertEquals(expected(step.phase(), cause), outcome, where);
        stage.mustSucceed(flow.request());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"seal", "check"})
  void aStepThatReadsTheWholeReleaseHeedsItItself(String step) throws IOException {
    Interruption interruption = new Interruption();
    Lives lives =
        Flow.UPDATE
            .stage(next())
            .accept(
                Flow.UPDATE.request(),
                "operator",
                plan -> Disturbed.plan(plan, step, () -> interruption.request(Cause.CANCEL)));
    lives.live(At.NEVER, interruption);
    assertEquals(step, lives.ending().failure().step());
  }

  private static Outcome expected(Phase phase, Cause cause) {
    if (cause == Cause.CANCEL) {
      return Outcome.CANCELLED;
    }
    return phase == Phase.PREPARE ? Outcome.QUEUED : Outcome.ROLLED_BACK;
  }

  /** What is asked for during a step that does not heed it counts at the next one. */
  private static boolean isLastOfCutover(List<StepProgress> steps, StepProgress step) {
    List<StepProgress> cutover = steps.stream().filter(s -> s.phase() == Phase.CHANGE).toList();
    return !cutover.isEmpty() && cutover.get(cutover.size() - 1).equals(step);
  }

  private static Outcome interrupt(Stage stage, Flow flow, StepProgress step, Cause cause)
      throws IOException {
    Interruption interruption = new Interruption();
    Lives lives =
        stage.accept(
            flow.request(),
            "operator",
            plan -> Disturbed.plan(plan, step.name(), () -> interruption.request(cause)));
    lives.live(At.NEVER, interruption);
    return lives.ending().outcome();
  }

  private List<StepProgress> stepsThatRun(Flow flow) throws IOException {
    Lives lives = flow.stage(next()).accept(flow.request());
    lives.toTheEnd();
    return lives.progress().steps().stream()
        .filter(s -> s.begun() && s.phase() != Phase.AFTERWARDS)
        .toList();
  }

  private Path next() throws IOException {
    return Files.createDirectory(directory.resolve("stage-" + ++stages));
  }

  /** A real step during which something else happens. */
  private static final class Disturbed extends DecoratedStep {

    private final Runnable disturbance;

    private Disturbed(Step step, Runnable disturbance) {
      super(step);
      this.disturbance = disturbance;
    }

    static Plan plan(Plan plan, String name, Runnable disturbance) {
      return one(plan, name, step -> new Disturbed(step, disturbance));
    }

    @Override
    public Evidence apply(Work work) throws ProblemException, IOException {
      disturbance.run();
      return super.apply(work);
    }
  }
}
