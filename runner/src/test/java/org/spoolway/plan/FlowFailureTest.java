package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.engine.Ending;
import org.spoolway.engine.Lives;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.journal.StepProgress;
import org.spoolway.lifecycle.Phase;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Version;

/** Every flow, failing at each of its steps: everything is as it was before, and is told so. */
class FlowFailureTest {

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private int stages;

  @ParameterizedTest
  @EnumSource(Flow.class)
  void aFlowThatFailsAnywhereLeavesEverythingAsItWas(Flow flow) throws IOException {
    List<StepProgress> steps = stepsThatRun(flow);
    assertTrue(steps.size() >= 3, steps::toString);
    for (StepProgress step : steps) {
      for (Spoiled.When when : Spoiled.When.values()) {
        failAt(flow, step, when);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Flow.class,
      names = {"UPDATE", "RESTART"})
  void aCurrentLinkOfSomebodyElsesIsLeftAlone(Flow flow) throws IOException {
    Stage stage = flow.stage(next());
    Path link = stage.site().application().current();
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("elsewhere"));
    Lives lives = stage.accept(flow.request());
    Ending ending = lives.toTheEnd();
    assertEquals(Outcome.FAILED, ending.outcome());
    String message = ending.failure().message();
    assertTrue(message.contains("leads to elsewhere, which is no release"), message);
    assertEquals(Optional.empty(), lives.progress().fact(Evidence.FROM));
    assertEquals(Path.of("elsewhere"), Files.readSymbolicLink(link));
  }

  private void failAt(Flow flow, StepProgress step, Spoiled.When when) throws IOException {
    Stage stage = flow.stage(next());
    Picture before = stage.picture();
    Lives lives =
        stage.accept(flow.request(), "operator", plan -> Spoiled.plan(plan, step.name(), when));
    Ending ending = lives.toTheEnd();
    String where = flow + " failing " + when + " " + step.name();
    assertEquals(
        step.phase() == Phase.PREPARE ? Outcome.FAILED : Outcome.ROLLED_BACK,
        ending.outcome(),
        where);
    assertEquals(step.name(), ending.failure().step(), where);
    assertEquals(before, stage.picture(), where);
    Optional<String> live = before.current().map(Version::text);
    assertEquals(live, lives.progress().fact(Evidence.FROM), where);
    stage.mustSucceed(flow.request());
  }

  private List<StepProgress> stepsThatRun(Flow flow) throws IOException {
    Lives lives = flow.stage(next()).accept(flow.request());
    assertEquals(new Ending(Outcome.SUCCEEDED, null), lives.toTheEnd());
    return lives.progress().steps().stream()
        .filter(s -> s.begun() && s.phase() != Phase.AFTERWARDS)
        .toList();
  }

  private Path next() throws IOException {
    return Files.createDirectory(directory.resolve("stage-" + ++stages));
  }
}
