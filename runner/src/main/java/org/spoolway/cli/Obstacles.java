package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.spoolway.client.ResultReader;
import org.spoolway.inspect.RunnerSigns;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.schema.Status;

/** Says, once each, why a request that is waited for does not move. */
final class Obstacles {

  private final SpoolLayout layout;
  private final Asked asked;
  private final ErrorPrinter errors;
  private final ProgressView view;
  private boolean saidNoRunner;
  private boolean saidPaused;
  private boolean saidUnserved;

  Obstacles(SpoolLayout layout, Asked asked, ErrorPrinter errors, ProgressView view) {
    this.layout = layout;
    this.asked = asked;
    this.errors = errors;
    this.view = view;
  }

  /** Looks, and says what is new. */
  void look() {
    String name = asked.deployment();
    if (!saidNoRunner && isWithoutRunner()) {
      saidNoRunner = true;
      say("cannot go on yet: no runner works " + name, "Start `spoolway run`; this waits for it.");
    }
    if (!saidPaused && !view.hasBegun() && Files.exists(layout.state(name).paused())) {
      saidPaused = true;
      say("cannot go on yet: " + name + " is paused", "Run `spoolway resume " + name + "`.");
    }
    if (!saidUnserved && !view.hasBegun()) {
      lookWhetherServed();
    }
  }

  private void lookWhetherServed() {
    try {
      Optional<Status> told = new ResultReader(layout.spool(asked.deployment())).status();
      Status.Unserved why = told.map(s -> s.unserved().get(asked.origin())).orElse(null);
      if (why != null) {
        saidUnserved = true;
        say("cannot go on yet: " + why.message(), why.fix());
      }
    } catch (IOException cannotTell) {
      saidUnserved = true;
    }
  }

  private void say(String message, String fix) {
    view.aside(() -> errors.say(message, fix));
  }

  private boolean isWithoutRunner() {
    try {
      return RunnerSigns.of(layout, asked.deployment()) == RunnerSigns.NONE;
    } catch (IOException cannotTell) {
      return false;
    }
  }
}
