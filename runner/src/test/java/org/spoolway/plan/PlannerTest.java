package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.engine.Plan;
import org.spoolway.lifecycle.Phase;
import org.spoolway.schema.Action;
import org.spoolway.step.Steps;

/** Which steps each action takes. */
class PlannerTest {

  @TempDir Path directory;
  private Planner planner;

  @BeforeEach
  void open() throws IOException {
    planner = new Planner(new Steps(Stage.empty(directory).site()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CHECK    | resolve                                                   |                                             |                              |
          UPDATE   | preflight resolve fetch verify build link seal check      | maintenance-on stop snapshot migrate swap   | start gate maintenance-off   | prune notify
          ROLLBACK | preflight resolve check stage                             | maintenance-on stop snapshot restore swap   | start gate maintenance-off   | prune notify
          RESTORE  | preflight resolve stage                                   | maintenance-on stop snapshot restore        | start gate maintenance-off   | prune notify
          RESTART  | preflight resolve                                         | stop                                        | start gate                   |
          BACKUP   | preflight resolve snapshot                                |                                             |                              |
          PRUNE    | prune                                                     |                                             |                              |
          """)
  void everyActionHasItsSteps(
      Action action, String prepare, String cutover, String proof, String afterwards) {
    Plan plan = planner.plan(action);
    assertEquals(prepare, names(plan, Phase.PREPARE));
    assertEquals(cutover, names(plan, Phase.CHANGE));
    assertEquals(proof, names(plan, Phase.PROOF));
    assertEquals(afterwards, names(plan, Phase.AFTERWARDS));
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"CANCEL", "HOTFIX", "MODULES"})
  void whatIsNoJobHasNoPlan(Action action) {
    assertThrows(IllegalArgumentException.class, () -> planner.plan(action));
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"CANCEL", "HOTFIX", "MODULES"},
      mode = EnumSource.Mode.EXCLUDE)
  void phasesNeverStepBackAndNoNameComesTwice(Action action) {
    List<Plan.PhasedStep> steps = planner.plan(action).steps();
    for (int i = 1; i < steps.size(); i++) {
      assertTrue(steps.get(i - 1).phase().compareTo(steps.get(i).phase()) <= 0);
    }
    List<String> names = steps.stream().map(s -> s.step().name()).toList();
    assertEquals(new HashSet<>(names).size(), names.size());
  }

  @Test
  void whatOnlyLooksComesBeforeAnythingThatChanges() {
    List<Plan.PhasedStep> steps = planner.plan(Action.UPDATE).steps();
    List<Boolean> looks = steps.stream().map(s -> s.step().looksOnly()).toList();
    assertEquals(looks.indexOf(false), looks.lastIndexOf(true) + 1);
  }

  private static String names(Plan plan, Phase phase) {
    String names =
        plan.steps().stream()
            .filter(s -> s.phase() == phase)
            .map(s -> s.step().name())
            .collect(Collectors.joining(" "));
    return names.isEmpty() ? null : names;
  }
}
