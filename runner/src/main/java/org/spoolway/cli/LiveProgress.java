package org.spoolway.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.text.Ages;
import org.spoolway.cli.text.Line;
import org.spoolway.cli.text.Paint;
import org.spoolway.cli.text.Screen;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;

/** Steps as they happen: those that ended above, the one in hand below, in place. */
final class LiveProgress implements ProgressView {

  private final Screen screen;
  private final Clock clock;
  private final StepChanges changes = new StepChanges();
  private final Instant began;
  private @Nullable Result last;

  LiveProgress(Screen screen, Clock clock) {
    this.screen = screen;
    this.clock = clock;
    this.began = clock.instant();
  }

  @Override
  public synchronized void show(Result result) {
    int width = StepLines.nameWidth(result.steps());
    if (last != null && result.attempt() > 1 && result.attempt() != last.attempt()) {
      screen.print("start " + result.attempt() + ", after the one before was cut short");
    }
    for (Result.Step step : changes.in(result)) {
      if (!StepLines.isInHand(step)) {
        screen.print(StepLines.ended(step, width));
      }
    }
    last = result;
    tick();
  }

  @Override
  public synchronized void tick() {
    Result result = last;
    if (result == null || result.state() == Outcome.QUEUED) {
      String what = result == null ? "waits for a runner" : "waits for its turn";
      screen.live(Line.of(Paint.DIM, "  " + what + "  " + Ages.since(began, clock.instant())));
      return;
    }
    if (result.state().isTerminal()) {
      screen.erase();
      return;
    }
    int width = StepLines.nameWidth(result.steps());
    result.steps().stream()
        .filter(StepLines::isInHand)
        .findFirst()
        .ifPresent(step -> screen.live(StepLines.inHand(step, width, elapsed(step))));
  }

  private Duration elapsed(Result.Step step) {
    Instant start = step.startedAt();
    return start == null ? Duration.ZERO : Duration.between(start, clock.instant());
  }

  @Override
  public synchronized boolean hasBegun() {
    return last != null && last.state() == Outcome.RUNNING;
  }

  @Override
  public synchronized void aside(Runnable writing) {
    screen.erase();
    writing.run();
  }

  @Override
  public void end() {
    screen.erase();
  }
}
