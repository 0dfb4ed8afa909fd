package org.spoolway.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.text.Ages;
import org.spoolway.cli.text.Line;
import org.spoolway.cli.text.Paint;
import org.spoolway.cli.text.Screen;
import org.spoolway.cli.text.Table;
import org.spoolway.inspect.RunnerSigns;
import org.spoolway.schema.Action;
import org.spoolway.schema.Status;
import org.spoolway.schema.Status.HealthState;
import org.spoolway.schema.Version;

/** How a deployment stands, for people. */
final class StatusText {

  private static final int LABEL_WIDTH = 11;
  private static final String NOTHING = "-";

  private final Screen screen;
  private final Instant now;

  StatusText(Screen screen, Instant now) {
    this.screen = screen;
    this.now = now;
  }

  /** All deployments, one line each. */
  void printAll(List<StatusView> views) {
    Table table = new Table("DEPLOYMENT", "LIVE", "AVAILABLE", "HEALTH", "NOW", "LAST");
    for (StatusView view : views) {
      Status status = view.status();
      if (status == null) {
        table.row(view.name(), NOTHING, NOTHING, NOTHING, presentAndFile(view), NOTHING);
      } else {
        table.row(
            view.name(),
            text(status.current()),
            status.available() == null ? NOTHING : text(status.available().version()),
            healthState(view, status.health()),
            presentAndFile(view),
            last(status.last()));
      }
    }
    table.print(screen);
  }

  /** One deployment in full. */
  void print(StatusView view) {
    Status status = view.status();
    if (status == null) {
      screen.print(Line.of(Paint.BOLD, view.name()).add(": no runner has worked it yet"));
      file(view);
      if (view.paused()) {
        label("now", present(view));
      }
      label("runner", runner(view));
      return;
    }
    String live = status.current() == null ? "no release is" : status.current() + " is";
    screen.print(Line.of(Paint.BOLD, view.name()).add(": " + live + " live"));
    file(view);
    health(view, status.health());
    Status.Broken broken = status.broken();
    if (broken != null) {
      label(
          "broken",
          Paint.BAD,
          "undo of " + broken.step() + " of " + broken.id() + ": " + broken.message());
      label("fix", broken.fix());
    }
    for (Status.Unserved why : status.unserved().values()) {
      label("not served", Paint.BAD, why.message());
      label("fix", why.fix());
    }
    messages(status.notifications());
    label("available", available(status.available()));
    unasked(view, status.auto());
    label("now", present(view));
    label("queued", Integer.toString(status.queued()));
    label("last", last(status.last()));
    label("noticing", noticing(view, status.watch()));
    label("runner", runner(view));
    String ignored = ignored(status.ignored());
    if (!ignored.isEmpty()) {
      label("ignored", ignored);
    }
  }

  /** Nothing is said where nothing is wrong. */
  private void messages(Status.@Nullable Notifications messages) {
    if (messages == null) {
      return;
    }
    if (messages.undelivered() > 0 && messages.since() != null) {
      label(
          "not told",
          Paint.WARN,
          messages.undelivered() + " messages, since " + Ages.since(messages.since(), now));
    }
    for (Status.Trouble trouble : messages.troubles()) {
      label("not told", Paint.BAD, "by " + trouble.channel() + ": " + trouble.message());
      label("fix", trouble.fix());
    }
    if (messages.givenUp() > 0) {
      label("given up", Paint.BAD, messages.givenUp() + " messages, which nobody was told");
    }
  }

  private void label(String label, String text) {
    label(label, Paint.PLAIN, text);
  }

  private void label(String label, Paint paint, String text) {
    screen.print(Line.of("  ").column(Paint.DIM, label, LABEL_WIDTH).add(paint, text));
  }

  private void file(StatusView view) {
    if (view.fault() != null) {
      String doctor = "`spoolway doctor " + view.name() + "`";
      label("file", Paint.BAD, "cannot be read; " + doctor + " tells why");
    }
  }

  private void health(StatusView view, Status.Health health) {
    if (isPast(view, health)) {
      label(
          "health",
          health.state().wireName()
              + " when last looked at, "
              + ago(health)
              + ", "
              + health.detail());
    } else {
      label("health", paint(health.state()), health.state().wireName() + ", " + health.detail());
    }
  }

  private String healthState(StatusView view, Status.Health health) {
    String state = health.state().wireName();
    return isPast(view, health) ? state + " " + ago(health) : state;
  }

  /** Without a runner nobody looks, whatever the last one has seen. */
  private static boolean isPast(StatusView view, Status.Health health) {
    return view.runner() == RunnerSigns.NONE && health.checkedAt() != null;
  }

  private String ago(Status.Health health) {
    Instant checkedAt = Objects.requireNonNull(health.checkedAt());
    return Ages.since(checkedAt, now) + " ago";
  }

  private static String noticing(StatusView view, Status.Watch watch) {
    return view.runner() == RunnerSigns.NONE
        ? "nothing, for no runner lives"
        : "by " + watch.mode() + ", " + watch.why();
  }

  private static Paint paint(HealthState health) {
    return switch (health) {
      case PASSING -> Paint.GOOD;
      case FAILING -> Paint.BAD;
      case UNKNOWN -> Paint.PLAIN;
    };
  }

  private String available(Status.@Nullable Available available) {
    if (available == null) {
      return "nobody has looked yet";
    }
    String found = available.version() == null ? "nothing newer" : available.version().text();
    String why = available.why() == null ? "" : ": " + available.why();
    return found + ", looked " + Ages.since(available.checkedAt(), now) + " ago" + why;
  }

  /** Without a runner nothing comes by itself. */
  private void unasked(StatusView view, Status.@Nullable Auto auto) {
    if (auto == null || view.runner() == RunnerSigns.NONE) {
      return;
    }
    String check =
        auto.nextCheck().isAfter(now)
            ? "in " + Ages.of(Duration.between(now, auto.nextCheck()))
            : "as soon as it may";
    label("by itself", auto.level() + "; " + auto.why() + "; looks again " + check);
  }

  private static String presentAndFile(StatusView view) {
    return present(view)
        + (broken(view) == null ? "" : ", needs people")
        + unserved(view)
        + untold(view)
        + (view.fault() == null ? "" : ", file cannot be read");
  }

  private static String unserved(StatusView view) {
    Status status = view.status();
    return status == null || status.unserved().isEmpty()
        ? ""
        : ", does not serve " + String.join(" and ", status.unserved().keySet());
  }

  private static String untold(StatusView view) {
    Status.Notifications messages = view.status() == null ? null : view.status().notifications();
    return messages == null || (messages.troubles().isEmpty() && messages.givenUp() == 0)
        ? ""
        : ", cannot tell people";
  }

  private static Status.@Nullable Broken broken(StatusView view) {
    return view.status() == null ? null : view.status().broken();
  }

  private static String present(StatusView view) {
    Status status = view.status();
    if (view.runner() == RunnerSigns.NONE) {
      return view.paused() ? "no runner, paused" : "no runner";
    } else if (status == null || status.running() == null) {
      String quiet = status == null ? NOTHING : "idle";
      return view.paused() ? "paused" : quiet;
    }
    Status.Running running = status.running();
    Double progress = running.progress();
    return running.action().wireName()
        + (running.step() == null ? "" : " at " + running.step())
        + (progress == null ? "" : " " + Math.round(progress * 100) + " %")
        + " ("
        + running.id()
        + (view.paused() ? "), then paused" : ")");
  }

  private String last(Status.@Nullable Last last) {
    if (last == null) {
      return NOTHING;
    }
    String action = last.action() == null ? "request" : last.action().wireName();
    boolean moves = last.action() == Action.UPDATE || last.action() == Action.ROLLBACK;
    String to = moves && last.to() != null ? " to " + last.to() : "";
    return action
        + to
        + " "
        + Outcomes.words(last.state())
        + ", "
        + Ages.since(last.finishedAt(), now)
        + " ago ("
        + last.id()
        + ")";
  }

  private String runner(StatusView view) {
    Status status = view.status();
    if (view.runner() == RunnerSigns.NONE || status == null) {
      String cure = view.fault() == null ? "; `spoolway run " + view.name() + "` starts one" : "";
      return view.runner() == RunnerSigns.WORKING ? "one lives" : "none lives" + past(view) + cure;
    }
    String who =
        "pid "
            + status.runner().pid()
            + " for "
            + Ages.since(status.runner().startedAt(), now)
            + ", version "
            + status.runner().version();
    return view.runner() == RunnerSigns.UNKNOWN
        ? who + ", if it still lives"
        : who + silence(view.lastSign(), status.runner());
  }

  private String past(StatusView view) {
    if (view.status() == null || view.lastSign() == null) {
      return "";
    }
    Instant stoppedAt = view.status().runner().stoppedAt();
    return stoppedAt == null
        ? ", the last was heard of "
            + Ages.since(view.lastSign(), now)
            + " ago and did not say that it ended"
        : ", the last ended " + Ages.since(stoppedAt, now) + " ago";
  }

  /** A page takes such a runner for none. */
  private String silence(@Nullable Instant lastSign, Status.Runner runner) {
    return lastSign == null || runner.isRunning(lastSign, now)
        ? ""
        : ", but not heard of for " + Ages.since(lastSign, now);
  }

  private static String ignored(Map<String, Integer> ignored) {
    return ignored.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> entry.getValue() + " names outside the grammar in " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String text(@Nullable Version version) {
    return version == null ? NOTHING : version.text();
  }
}
