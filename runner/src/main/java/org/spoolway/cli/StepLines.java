package org.spoolway.cli;

import java.time.Duration;
import java.util.List;
import org.spoolway.cli.text.Ages;
import org.spoolway.cli.text.Line;
import org.spoolway.cli.text.Paint;
import org.spoolway.cli.text.Screen;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;

/** How one step reads. */
final class StepLines {

  private static final int STATE_WIDTH = 7;
  private static final int TIME_WIDTH = 10;

  private StepLines() {}

  /** Whether a step is being undone, or was. */
  static boolean isGoingBack(Result.Step step) {
    return step.state().equals("undoing") || step.state().equals("undone");
  }

  /** Whether a step is being worked at. */
  static boolean isInHand(Result.Step step) {
    return step.state().equals("running") || step.state().equals("undoing");
  }

  /** How wide the names of some steps are. */
  static int nameWidth(List<Result.Step> steps) {
    return steps.stream().mapToInt(step -> step.name().length()).max().orElse(0);
  }

  /** A step that ended, with a mark, for a terminal that shows others come and go. */
  static Line ended(Result.Step step, int nameWidth) {
    return Line.of("  ")
        .add(paint(step), mark(step))
        .add(" ")
        .column(Paint.PLAIN, step.name(), nameWidth + 2)
        .column(Paint.DIM, Ages.ofMillis(step.millis()), TIME_WIDTH)
        .add(step.state().equals("skipped") ? Paint.DIM : Paint.PLAIN, text(step));
  }

  /** A step in hand. */
  static Line inHand(Result.Step step, int nameWidth, Duration elapsed) {
    Line line =
        Line.of("  ")
            .add(Paint.BOLD, mark(step))
            .add(" ")
            .column(Paint.BOLD, step.name(), nameWidth + 2)
            .column(Paint.DIM, Ages.of(elapsed), TIME_WIDTH);
    Double progress = step.progress();
    if (progress != null) {
      line.add(Paint.BOLD, Math.round(progress * 100) + " %").add("  ");
    }
    return line.add(text(step));
  }

  /** A step on a line of its own, where nothing can be rewritten. */
  static Line plain(Result.Step step) {
    // The time that a step took is no time of its undo.
    boolean isTimed = step.millis() != null && !isGoingBack(step);
    String time = isTimed ? " in " + Ages.ofMillis(step.millis()) : "";
    String text = text(step);
    return Line.of(step.name() + ": " + step.state() + time + (text.isEmpty() ? "" : ", " + text));
  }

  /** All steps that were reached, as a table that says why each runs and what it found. */
  static void print(Screen screen, Result result) {
    // Only in a plan does a planned step say more than that it was not reached.
    boolean over = result.state().isTerminal() && result.state() != Outcome.PLANNED;
    List<Result.Step> steps =
        result.steps().stream().filter(step -> !(over && step.state().equals("planned"))).toList();
    int width = nameWidth(steps);
    for (Result.Step step : steps) {
      Line line =
          Line.of("  ")
              .column(paint(step), step.state(), STATE_WIDTH)
              .add("  ")
              .column(Paint.PLAIN, step.name(), width + 2)
              .column(Paint.DIM, Ages.ofMillis(step.millis()), TIME_WIDTH)
              .add(step.why());
      screen.print(line);
      String detail = step.detail();
      if (detail != null && !detail.isEmpty()) {
        String indent = " ".repeat(2 + STATE_WIDTH + 2 + width + 2 + TIME_WIDTH);
        detail.lines().forEach(part -> screen.print(Line.of(indent + "-> ").add(Paint.DIM, part)));
      }
    }
  }

  /** What a step found or, before it has found anything, why it is there. */
  private static String text(Result.Step step) {
    if (step.state().equals("undone")) {
      return "";
    }
    String detail = step.detail();
    if (detail != null && !detail.isBlank()) {
      return detail.lines().findFirst().orElse("");
    }
    return isGoingBack(step) ? "" : step.why();
  }

  private static String mark(Result.Step step) {
    return switch (step.state()) {
      case "done" -> "✓";
      case "failed" -> "✗";
      case "undone", "undoing" -> "↶";
      case "running" -> "▸";
      default -> "·";
    };
  }

  private static Paint paint(Result.Step step) {
    return switch (step.state()) {
      case "done" -> Paint.GOOD;
      case "failed" -> Paint.BAD;
      case "undone", "undoing" -> Paint.WARN;
      case "skipped" -> Paint.DIM;
      default -> Paint.PLAIN;
    };
  }
}
