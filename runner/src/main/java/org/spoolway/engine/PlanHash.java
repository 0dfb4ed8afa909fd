package org.spoolway.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.StepProgress;
import org.spoolway.lifecycle.StepState;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Failure;

/**
 * The hash that stands for a plan: of the action, what it leads from and to, and which steps run or
 * are skipped. Reasons are left out, since they may hold figures that change.
 */
public final class PlanHash {

  private PlanHash() {}

  /** The hash of a plan that a dry run has worked out. */
  public static String of(Facts facts, JobProgress progress) {
    List<String> lines = new ArrayList<>();
    for (StepProgress step : progress.steps()) {
      lines.add(line(step.name(), step.state() != StepState.SKIPPED));
    }
    return hash(facts, lines);
  }

  /**
   * How the plan differs from the one that the request was shown, asked once all that only looks
   * has looked.
   *
   * @return empty when it does not, or none was shown
   */
  static Optional<Failure> difference(Job job) throws ProblemException, IOException {
    JobProgress progress = job.journal().progress();
    String shown = job.request().plan();
    boolean first = progress.steps().stream().noneMatch(s -> begunChange(job, s));
    if (shown == null || !first || shown.equals(foreseen(job, progress))) {
      return Optional.empty();
    }
    ProblemException changed =
        new ProblemException(
            Problem.PLAN_CHANGED,
            "cannot carry out the plan that was shown: it would be another one now");
    return Optional.of(changed.failure());
  }

  private static boolean begunChange(Job job, StepProgress step) {
    return step.state() != StepState.PLANNED
        && job.plan().find(step.name()).filter(Step::looksOnly).isEmpty();
  }

  private static String foreseen(Job job, JobProgress progress)
      throws ProblemException, IOException {
    Facts facts = job.facts();
    List<String> lines = new ArrayList<>();
    for (StepProgress step : progress.steps()) {
      boolean runs =
          step.state() == StepState.PLANNED
              ? job.plan().step(step.name()).decide(facts).needed()
              : step.state() != StepState.SKIPPED;
      lines.add(line(step.name(), runs));
    }
    return hash(facts, lines);
  }

  private static String line(String step, boolean runs) {
    return (runs ? "run " : "skip ") + step;
  }

  private static String hash(Facts facts, List<String> lines) {
    String head =
        String.join(
            "\n",
            facts.request().action().wireName(),
            facts.fact(Evidence.FROM).orElse("-"),
            facts.fact(Evidence.TO).orElse("-"),
            facts.fact(Evidence.OBJECT).orElse("-"),
            facts.fact(Evidence.RESTORES).orElse("-"));
    String text = head + "\n" + String.join("\n", lines) + "\n";
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
