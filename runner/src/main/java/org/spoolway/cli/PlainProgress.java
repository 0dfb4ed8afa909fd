package org.spoolway.cli;

import org.spoolway.cli.text.Screen;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;

/** One line per change, for files and pipes. */
final class PlainProgress implements ProgressView {

  private final Screen screen;
  private final StepChanges changes = new StepChanges();
  private int attempt;
  private volatile boolean begun;

  PlainProgress(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void show(Result result) {
    if (result.state() == Outcome.RUNNING) {
      begun = true;
    }
    if (result.attempt() > 1 && result.attempt() != attempt) {
      screen.print("start " + result.attempt() + ", after the one before was cut short");
    }
    attempt = result.attempt();
    changes.in(result).forEach(step -> screen.print(StepLines.plain(step)));
  }

  @Override
  public boolean hasBegun() {
    return begun;
  }
}
