package org.spoolway.cli;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.text.Ages;
import org.spoolway.cli.text.Line;
import org.spoolway.cli.text.Paint;
import org.spoolway.problem.Problem;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;

/** How a request stands or ended, in words. */
final class Outcomes {

  private Outcomes() {}

  /** One sentence: the outcome, what it means for this request, and how long it took. */
  static Line sentence(Result result) {
    return Line.of(paint(result.state()), words(result.state()))
        .add(": " + meaning(result))
        .add(Paint.DIM, times(result));
  }

  /** The state as people say it. */
  static String words(Outcome state) {
    return state.wireName().replace('_', ' ');
  }

  static Paint paint(Outcome state) {
    return switch (state) {
      case SUCCEEDED, UNCHANGED, PLANNED -> Paint.GOOD;
      case FAILED, ROLLED_BACK, NEEDS_INTERVENTION -> Paint.BAD;
      case REJECTED, CANCELLED, EXPIRED -> Paint.WARN;
      case QUEUED, RUNNING -> Paint.PLAIN;
    };
  }

  private static String meaning(Result result) {
    String what = result.deployment();
    return switch (result.state()) {
      case QUEUED ->
          hasBegun(result)
              ? "it was cut short and waits to be started again"
              : what + " has not begun with it";
      case RUNNING -> "at " + step(result);
      case SUCCEEDED -> success(result) + failedAfterwards(result);
      case UNCHANGED -> orElse(detail(result), "there is nothing to do");
      case PLANNED -> what + " would do this; nothing was changed";
      case ROLLED_BACK ->
          "everything is as before" + added(result) + live(result, ", no release is live");
      case FAILED -> "before users could notice; nothing has changed" + live(result, "");
      case REJECTED -> "it never became a job";
      case CANCELLED -> "it was taken back; everything is as before";
      case EXPIRED -> "its time was over before its turn";
      case NEEDS_INTERVENTION ->
          isStuck(result)
              ? "an undo failed, and people are needed"
              : result.to() + " turned unhealthy and stays, and people are needed";
    };
  }

  /** Otherwise nothing was undone, since that would have taken data away. */
  private static boolean isStuck(Result result) {
    return result.error() == null || result.error().code().equals(Problem.UNDO_FAILED.name());
  }

  /** What fails once the outcome is decided takes nothing back, and must be read all the same. */
  private static String failedAfterwards(Result result) {
    return result.steps().stream()
        .filter(step -> step.state().equals("failed"))
        .map(step -> "; but " + step.name() + " failed: " + step.detail())
        .collect(Collectors.joining());
  }

  /** Data of which no copy was made are not put back. */
  private static String added(Result result) {
    boolean migrated = has(result, "migrate", step -> step.startedAt() != null);
    boolean copied = has(result, "snapshot", step -> !step.state().equals("skipped"));
    return migrated && !copied ? " but for what the migrations have done" : "";
  }

  private static boolean has(Result result, String name, Predicate<Result.Step> such) {
    return result.steps().stream().anyMatch(step -> step.name().equals(name) && such.test(step));
  }

  private static String success(Result result) {
    String what = result.deployment();
    return switch (Objects.requireNonNull(result.action(), "what succeeded was understood")) {
      case UPDATE, ROLLBACK ->
          result.from() == null
              ? what + " " + result.to() + " is installed"
              : what + " went from " + result.from() + " to " + result.to();
      case CHECK -> orElse(detail(result), "looked");
      case RESTART -> what + " " + result.to() + " serves anew";
      case BACKUP ->
          result.snapshot() == null
              ? "there are no data to copy"
              : "the data are in snapshot " + result.snapshot();
      case RESTORE -> restored(result);
      case PRUNE, CANCEL, HOTFIX, MODULES -> orElse(detail(result), "done");
    };
  }

  /**
   * The two steps know what was restored and what was there before; {@code result.snapshot} is the
   * one that was made.
   */
  private static String restored(Result result) {
    String data =
        detail(result, "restore").map(from -> "the data of " + from).orElse("the snapshot's data");
    String before =
        detail(result, "snapshot").map(kept -> "; those before are kept in " + kept).orElse("");
    return data + " are in place" + before;
  }

  private static Optional<String> detail(Result result, String step) {
    return result.steps().stream()
        .filter(candidate -> candidate.name().equals(step) && candidate.state().equals("done"))
        .map(Result.Step::detail)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static boolean hasBegun(Result result) {
    return result.steps().stream().anyMatch(step -> step.startedAt() != null);
  }

  /** Without a release before, only a job that got beyond looking knows that there was none. */
  private static String live(Result result, String unknown) {
    return result.from() == null ? unknown : ", " + result.from() + " is live";
  }

  private static String step(Result result) {
    return result.steps().stream()
        .filter(StepLines::isInHand)
        .findFirst()
        .map(step -> (StepLines.isGoingBack(step) ? "the undo of " : "") + step.name())
        .orElse("its start");
  }

  /** What the last step that found out anything has found out. */
  private static @Nullable String detail(Result result) {
    return result.steps().stream()
        .map(Result.Step::detail)
        .filter(Objects::nonNull)
        .reduce((first, second) -> second)
        .orElse(null);
  }

  private static String orElse(@Nullable String text, String other) {
    return text == null || text.isBlank() ? other : text;
  }

  private static String times(Result result) {
    if (result.finishedAt() == null || result.steps().isEmpty()) {
      return "";
    }
    Long noticeable = result.downtimeMillis();
    String took =
        result.steps().stream()
            .map(Result.Step::startedAt)
            .filter(Objects::nonNull)
            .findFirst()
            .map(start -> "  " + Ages.of(Duration.between(start, result.finishedAt())))
            .orElse("");
    return noticeable == null
        ? took
        : took + ", users could notice " + Ages.ofMillis(noticeable) + " of it";
  }
}
