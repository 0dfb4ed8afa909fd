package org.spoolway.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.spoolway.cli.AskingVerb.Then;
import org.spoolway.cli.FactVerb.Form;
import org.spoolway.cli.text.Json;
import org.spoolway.cli.text.Line;
import org.spoolway.cli.text.Screen;
import org.spoolway.client.RequestSubmitter.Submission;
import org.spoolway.client.ResultReader;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Result;

/** Follows a request to its end and tells of it. */
final class Following {

  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);
  private static final Duration TICK = Duration.ofMillis(200);

  /** A runner that is just being started gets a moment before it is missed. */
  private static final int TICKS_BETWEEN_LOOKS = 5;

  private final Machine machine;
  private final SpoolLayout layout;
  private final Screen screen;

  Following(Machine machine, SpoolLayout layout, Screen screen) {
    this.machine = machine;
    this.layout = layout;
    this.screen = screen;
  }

  /** Follows a request, or prints its id, and tells the exit code. */
  ExitCode go(Asked asked, Action action, Then then, Form form)
      throws IOException, ProblemException {
    if (then == Then.LEAVE) {
      if (form == Form.JSON) {
        Json.print(machine.out(), asked);
      } else {
        screen.print(asked.id().value());
      }
      return ExitCode.OK;
    }
    if (form == Form.TEXT) {
      screen.print(
          Line.of(action.wireName() + " " + asked.deployment())
              .add(": request " + asked.id() + " through " + asked.origin()));
    }
    Result end = await(asked, form == Form.JSON ? ProgressView.NONE : view());
    Asking.requireOwn(end, asked.sha256());
    tell(end, form);
    if (form == Form.TEXT && !end.id().equals(asked.id())) {
      screen.print("its result is " + end.id());
    }
    return ExitCode.of(end.state());
  }

  private ProgressView view() {
    return screen.isTerminal()
        ? new LiveProgress(screen, machine.clock())
        : new PlainProgress(screen);
  }

  private Result await(Asked asked, ProgressView view) throws IOException {
    Obstacles obstacles = new Obstacles(layout, asked, new ErrorPrinter(machine.err()), view);
    AtomicInteger ticks = new AtomicInteger();
    Runnable tick =
        () -> {
          view.tick();
          if (ticks.incrementAndGet() % TICKS_BETWEEN_LOOKS == 0) {
            obstacles.look();
          }
        };
    SpoolDir spool = layout.spool(asked.deployment());
    Submission dropped =
        new Submission(asked.id(), spool.inbox(asked.origin()).resolve(asked.file()));
    Ticks ticking = new Ticks(TICK, tick);
    try {
      return new ResultReader(spool)
          .await(asked.origin(), dropped, FOR_EVER, view::show)
          .orElseThrow();
    } catch (InterruptedException e) {
      throw new IllegalStateException("the main thread is never interrupted", e);
    } finally {
      ticking.close();
      view.end();
    }
  }

  private void tell(Result end, Form form) {
    if (form == Form.JSON) {
      Json.print(machine.out(), end);
    } else {
      screen.print(Outcomes.sentence(end));
      if (end.planSha256() != null) {
        screen.print("hash " + end.planSha256());
      }
    }
    if (end.error() != null) {
      new ErrorPrinter(machine.err()).print(end.error());
    }
  }
}
