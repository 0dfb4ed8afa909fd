package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;

class StepChangesTest {

  private final StepChanges changes = new StepChanges();

  private List<String> in(Outcome state, String... steps) {
    Result.Step[] all = new Result.Step[steps.length];
    for (int i = 0; i < steps.length; i++) {
      String[] words = steps[i].split(" ", 2);
      all[i] = Home.step(words[0], words[1], null);
    }
    return changes.in(Home.update("first", state, null, all)).stream()
        .map(step -> step.name() + " " + step.state())
        .toList();
  }

  @Test
  void eachNewStateIsTakenOnce() {
    assertEquals(List.of("a running"), in(Outcome.RUNNING, "a running", "b planned"));
    assertEquals(List.of(), in(Outcome.RUNNING, "a running", "b planned"));
    assertEquals(List.of("a done", "b running"), in(Outcome.RUNNING, "a done", "b running"));
  }

  @Test
  void whatGoesBackComesLastAndBackwards() {
    in(Outcome.RUNNING, "a done", "b done", "c running");
    assertEquals(
        List.of("c failed", "b undone", "a undone"),
        in(Outcome.ROLLED_BACK, "a undone", "b undone", "c failed"));
  }

  @Test
  void withNothingToDoNoStepIsTold() {
    assertEquals(List.of("a done"), in(Outcome.UNCHANGED, "a done", "b skipped"));
  }
}
