package org.spoolway.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.History;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;
import org.spoolway.schema.Status;
import org.spoolway.schema.Status.HealthState;

/** What the metrics tell of one deployment. Used by one thread at a time. */
final class Figures {

  private static final double MILLIS = 1000;

  private final Map<Ended, Instant> outcomes =
      new TreeMap<>(Comparator.comparing(Ended::action).thenComparing(Ended::state));
  private final Map<Action, Took> took = new TreeMap<>();

  private record Ended(Action action, Outcome state) {}

  /** How long the last job of an action took. */
  private record Took(double seconds, @Nullable Long downtimeMillis, List<Result.Step> steps) {}

  /** What ran before this runner. */
  void begin(List<History.Entry> past) {
    for (History.Entry entry : past) {
      outcomes.put(new Ended(entry.action(), entry.state()), entry.finishedAt());
      double seconds = seconds(entry.startedAt(), entry.finishedAt());
      took.put(entry.action(), new Took(seconds, entry.downtimeMillis(), List.of()));
    }
  }

  /** A job has ended. */
  void ended(Result result) {
    Action action = result.action();
    Instant finishedAt = result.finishedAt();
    if (action == null || finishedAt == null) {
      return;
    }
    outcomes.put(new Ended(action, result.state()), finishedAt);
    Optional<Instant> startedAt =
        result.steps().stream()
            .map(Result.Step::startedAt)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder());
    if (startedAt.isPresent()) {
      double seconds = seconds(startedAt.get(), finishedAt);
      took.put(action, new Took(seconds, result.downtimeMillis(), result.steps()));
    }
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis()) / MILLIS;
  }

  /**
   * The whole file.
   *
   * @param oldest since when the oldest request waits whose time has come, or null for none
   */
  String text(Status status, @Nullable Instant oldest, Instant now) {
    Exposition text = new Exposition(status.deployment());
    jobs(text);
    text.gauge("queue_length", "Requests that are claimed and wait.").sample(status.queued());
    text.gauge(
            "queue_oldest_age_seconds",
            "How long the oldest request has waited whose time has come, when this was written.")
        .sample(oldest == null ? 0 : seconds(oldest, now));
    versions(text, status);
    text.gauge("paused", "Whether an operator holds the queue.").flag(status.paused());
    text.gauge("needs_intervention", "Whether an undo has failed and people are needed.")
        .flag(status.broken() != null);
    health(text, status.health().state());
    text.gauge("unserved_origins", "Inboxes from which nothing is taken until they are mended.")
        .sample(status.unserved().size());
    notifications(text, status.notifications());
    text.gauge("metrics_timestamp_seconds", "When this was written.")
        .sample((double) now.getEpochSecond());
    return text.text();
  }

  private void jobs(Exposition text) {
    Exposition.Gauge last =
        text.gauge("last_outcome_timestamp_seconds", "When a job of an action last ended so.");
    outcomes.forEach(
        (ended, at) ->
            last.sample(
                (double) at.getEpochSecond(),
                "action",
                ended.action().wireName(),
                "state",
                ended.state().wireName()));
    Exposition.Gauge durations =
        text.gauge("last_job_duration_seconds", "How long the last job of an action took.");
    took.forEach((action, it) -> durations.sample(it.seconds(), "action", action.wireName()));
    Exposition.Gauge downtimes =
        text.gauge("last_job_downtime_seconds", "How long users could notice that job.");
    took.forEach(
        (action, it) -> {
          if (it.downtimeMillis() != null) {
            downtimes.sample(it.downtimeMillis() / MILLIS, "action", action.wireName());
          }
        });
    Exposition.Gauge steps =
        text.gauge("last_job_step_duration_seconds", "How long each of its steps took.");
    took.forEach((action, it) -> it.steps().forEach(step -> step(steps, action, step)));
  }

  private static void step(Exposition.Gauge steps, Action action, Result.Step step) {
    if (step.millis() != null) {
      steps.sample(step.millis() / MILLIS, "action", action.wireName(), "step", step.name());
    }
  }

  private static void versions(Exposition text, Status status) {
    Exposition.Gauge current = text.gauge("current_version_info", "The live release.");
    if (status.current() != null) {
      current.sample(1, "version", status.current().text());
    }
    Exposition.Gauge available =
        text.gauge("available_version_info", "The newer release that the last check found.");
    if (status.available() != null && status.available().version() != null) {
      available.sample(1, "version", status.available().version().text());
    }
    text.gauge("runner_version_info", "The runner.")
        .sample(1, "version", status.runner().version());
  }

  private static void health(Exposition text, HealthState now) {
    Exposition.Gauge health =
        text.gauge("health", "What the last look at the application showed: 1 for one state.");
    for (HealthState state : HealthState.values()) {
      health.flag(state == now, "state", state.name().toLowerCase(Locale.ROOT));
    }
  }

  private static void notifications(Exposition text, Status.@Nullable Notifications waiting) {
    if (waiting != null) {
      text.gauge("notifications_undelivered", "Messages that wait for at least one channel.")
          .sample(waiting.undelivered());
      text.gauge("notifications_given_up", "Messages that could not be delivered and are kept.")
          .sample(waiting.givenUp());
      Exposition.Gauge oldest =
          text.gauge(
              "notifications_oldest_timestamp_seconds",
              "When the oldest of those that wait arose.");
      if (waiting.since() != null) {
        oldest.sample((double) waiting.since().getEpochSecond());
      }
    }
  }
}
