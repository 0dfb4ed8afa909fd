package org.spoolway.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of lives has no dead end and no orphan. */
class JobStateTest {

  @ParameterizedTest
  @EnumSource(JobState.class)
  void everyStateLeadsToAnEnd(JobState state) {
    Set<JobState> reached = reachableFrom(state);
    assertTrue(
        reached.stream().anyMatch(JobState::isFinal), () -> state + " leads only to " + reached);
  }

  @ParameterizedTest
  @EnumSource(JobState.class)
  void everyStateIsReachedByARequestThatArrives(JobState state) {
    assertTrue(reachableFrom(JobState.WAITING).contains(state));
  }

  @ParameterizedTest
  @EnumSource(JobState.class)
  void everyExitIsAStateAndNoneIsNamedTwice(JobState state) {
    assertEquals(Set.copyOf(state.exits()).size(), state.exits().size());
  }

  @Test
  void onlyWhatIsToldIsFinal() {
    Set<JobState> ends = EnumSet.noneOf(JobState.class);
    for (JobState state : JobState.values()) {
      if (state.isFinal()) {
        ends.add(state);
      }
    }
    assertEquals(EnumSet.of(JobState.TOLD, JobState.REJECTED), ends);
  }

  @Test
  void aRestartDoesSomethingAboutEveryStateThatIsNotFinal() {
    for (JobState state : JobState.values()) {
      assertEquals(state.isFinal(), state.onRestart() == OnRestart.TIDY, state.name());
      assertFalse(state.onRestart().sentence().isBlank());
    }
  }

  private static Set<JobState> reachableFrom(JobState start) {
    Set<JobState> seen = EnumSet.of(start);
    Deque<JobState> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (JobState next : open.remove().exits()) {
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    return seen;
  }
}
