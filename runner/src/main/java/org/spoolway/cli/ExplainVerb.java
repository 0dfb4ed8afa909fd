package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.text.Screen;
import org.spoolway.inspect.RequestFinder.Found;
import org.spoolway.inspect.RunnerSigns;
import org.spoolway.inspect.Standing;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.lifecycle.JobState;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code explain}. */
@Command(
    name = "explain",
    description = "Show what a job did, step by step and why, and what a restart would do with it.")
final class ExplainVerb extends FactVerb {

  @Mixin private IdArgument id = new IdArgument();

  /**
   * The explanation for programs.
   *
   * @param state the row of the table of lives, or null when it could not be seen
   * @param onRestart what a restart does: the end of a sentence that begins so; or null
   */
  private record Explanation(
      String deployment,
      String origin,
      RequestId id,
      @Nullable String state,
      @Nullable String onRestart,
      @Nullable Result result) {}

  @Override
  ExitCode execute() throws IOException, ProblemException, UsageException {
    Found found = id.find(deployments());
    SpoolLayout layout = deployments().layout();
    Standing standing = Standing.of(layout, found);
    JobState state = standing.state();
    if (form() == Form.JSON) {
      printJson(
          new Explanation(
              found.deployment(),
              found.origin(),
              found.id(),
              state == null ? null : state.name().toLowerCase(Locale.ROOT),
              state == null ? null : state.onRestart().sentence(),
              standing.result()));
    } else {
      Result result = standing.result();
      if (result != null) {
        ResultText.print(screen(), result, machine().clock().instant());
      }
      explain(screen(), found.deployment(), standing);
    }
    return ExitCode.OK;
  }

  private void explain(Screen screen, String deployment, Standing standing) throws IOException {
    SpoolLayout layout = deployments().layout();
    JobState state = standing.state();
    if (state == null) {
      screen.print("Its journal, which only the runner's user may read, tells how far it is.");
      return;
    }
    boolean alone = RunnerSigns.of(layout, deployment) == RunnerSigns.NONE && !state.isFinal();
    screen.print(describe(state, standing.notBefore()) + (alone ? ", and no runner lives." : "."));
    if (!state.isFinal() && Files.exists(layout.state(deployment).paused())) {
      screen.print("The queue is paused; `spoolway resume " + deployment + "` lets it go on.");
    }
    screen.print("A restart " + state.onRestart().sentence() + ".");
  }

  private String describe(JobState state, @Nullable Instant notBefore) {
    if (state == JobState.QUEUED
        && notBefore != null
        && notBefore.isAfter(machine().clock().instant())) {
      return "It is held until " + notBefore.truncatedTo(ChronoUnit.SECONDS);
    }
    return describe(state);
  }

  private static String describe(JobState state) {
    return switch (state) {
      case WAITING -> "It waits in its inbox";
      case CLAIMED -> "It was taken from its inbox and is not understood yet";
      case QUEUED -> "It waits for its turn";
      case PREPARING -> "It prepares what users cannot notice";
      case CHANGING -> "It is in the cutover; the new release is not live yet";
      case PROVING -> "The new release is live and has to prove itself";
      case SETTLING -> "The new release stays, and what is left is tidied up";
      case UNDOING -> "It goes back, step by step";
      case BROKEN -> "Its undo failed, and nothing else runs until that is put right";
      case ENDED -> "Its end is decided and not told yet";
      case TOLD, REJECTED -> "It has ended";
    };
  }
}
