package org.spoolway.cli;

import java.time.Instant;
import org.spoolway.cli.text.Ages;
import org.spoolway.cli.text.Line;
import org.spoolway.cli.text.Paint;
import org.spoolway.cli.text.Screen;
import org.spoolway.schema.Action;
import org.spoolway.schema.Failure;
import org.spoolway.schema.Result;

/** What stands above and below the steps of a request. */
final class ResultText {

  private ResultText() {}

  /** All there is to tell of a request. */
  static void print(Screen screen, Result result, Instant now) {
    head(screen, result, now);
    StepLines.print(screen, result);
    end(screen, result);
  }

  /** Who asked for what, when. */
  private static void head(Screen screen, Result result, Instant now) {
    Action action = result.action();
    String what = action == null ? "something unreadable" : action.wireName();
    screen.print(
        Line.of(Paint.BOLD, what + " of " + result.deployment())
            .add(", asked by " + asker(result) + " through " + result.origin() + " ")
            .add(Ages.since(result.submittedAt(), now) + " ago, request " + result.id()));
    if (result.reason() != null) {
      screen.print(Line.of("because: " + result.reason()));
    }
    if (result.to() != null) {
      String from = result.from() == null ? "nothing" : result.from().text();
      screen.print("from " + from + " to " + result.to());
    }
    if (result.attempt() > 1) {
      screen.print("start " + result.attempt() + ", after earlier ones were cut short");
    }
  }

  /** How it stands, why it did not end as asked, and where to read more. */
  private static void end(Screen screen, Result result) {
    screen.print(Outcomes.sentence(result));
    ExpectedText.of(result).ifPresent(screen::print);
    Failure error = result.error();
    if (error != null) {
      String where = error.step() == null ? "" : " in " + error.step();
      screen.print(Line.of(Paint.BAD, error.code()).add(where));
      error.message().lines().forEach(line -> screen.print(Line.of("  " + line)));
      screen.print(Line.of("Fix: " + error.fix()));
    }
    if (result.log() != null) {
      screen.print(Line.of("The log: `spoolway logs " + result.id() + "`."));
    }
  }

  private static String asker(Result result) {
    String owner = result.owner().user();
    String named = result.requestedBy();
    return named == null || named.equals(owner) ? owner : named + " (file of " + owner + ")";
  }
}
