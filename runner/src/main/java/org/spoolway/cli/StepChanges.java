package org.spoolway.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;

/**
 * Finds out which steps have changed from one result to the next. Not every result need be seen.
 */
final class StepChanges {

  private final Map<String, String> seen = new HashMap<>();
  private int attempt;

  /** The steps in a new state: those that went forward in order, then those that go back. */
  List<Result.Step> in(Result result) {
    if (result.dryRun() && !result.state().isTerminal()) {
      return List.of();
    }
    if (result.attempt() != attempt) {
      attempt = result.attempt();
      seen.clear();
    }
    List<Result.Step> forward = new ArrayList<>();
    List<Result.Step> backward = new ArrayList<>();
    for (Result.Step step : result.steps()) {
      String before = seen.put(step.name(), step.state());
      boolean silent = isUntold(result, step, before) || isNeedless(result, step);
      if (!step.state().equals(before) && !silent) {
        if (StepLines.isGoingBack(step)) {
          backward.add(0, step);
        } else {
          forward.add(step);
        }
      }
    }
    forward.addAll(backward);
    return forward;
  }

  private static boolean isUntold(Result result, Result.Step step, @Nullable String before) {
    return before == null && step.state().equals("planned") && result.state() != Outcome.PLANNED;
  }

  /** With nothing to do at all, one sentence says more than a line for each step. */
  private static boolean isNeedless(Result result, Result.Step step) {
    return result.state() == Outcome.UNCHANGED && step.state().equals("skipped");
  }
}
