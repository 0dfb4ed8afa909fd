package org.spoolway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spoolway.deployment.History;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;

class FiguresTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Version OLD = new Version("1.0.0");
  private static final Version NEW = new Version("1.1.0");

  private static Status status(Status.Notifications notifications) {
    return new Status(
        Status.SCHEMA,
        "notes",
        OLD,
        new Status.Available(NEW, List.of(), NOON, null, null),
        null,
        2,
        Map.of(),
        Map.of(),
        null,
        true,
        new Status.Watch("events", "they work"),
        new Status.Runner(1, NOON, "0.1.0", null),
        null,
        new Status.Health(Status.HealthState.PASSING, "200", NOON),
        notifications,
        Map.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        null);
  }

  private static Result update() {
    return new Result(
        Result.SCHEMA,
        new RequestId("a"),
        "web",
        "notes",
        Action.UPDATE,
        Outcome.ROLLED_BACK,
        OLD,
        NEW,
        false,
        null,
        new Result.Owner(1001, "notes-web"),
        null,
        1,
        7L,
        null,
        null,
        null,
        null,
        NOON,
        NOON,
        null,
        NOON.plusMillis(4500),
        812L,
        List.of(
            new Result.Step("fetch", "done", "", NOON.plusSeconds(1), 1500L, 1.0, null),
            new Result.Step("gate", "failed", "", NOON.plusSeconds(3), 1000L, null, null),
            new Result.Step("prune", "planned", "", null, null, null, null)),
        List.of(),
        null,
        null,
        null);
  }

  @Test
  void everyFigureIsThere() {
    Figures figures = new Figures();
    figures.begin(
        List.of(
            new History.Entry(
                1,
                "web",
                new RequestId("first"),
                Action.BACKUP,
                Outcome.SUCCEEDED,
                OLD,
                OLD,
                NOON.minusSeconds(62),
                NOON.minusSeconds(60),
                null,
                null,
                null,
                null,
                null,
                null,
                null)));
    figures.ended(update());
    Status.Notifications waiting = new Status.Notifications(3, NOON, 1, List.of());
    assertEquals(
        """
        # HELP spoolway_last_outcome_timestamp_seconds When a job of an action last ended so.
        # TYPE spoolway_last_outcome_timestamp_seconds gauge
        spoolway_last_outcome_timestamp_seconds{deployment="notes",action="update",state="rolled_back"} 1795262404
        spoolway_last_outcome_timestamp_seconds{deployment="notes",action="backup",state="succeeded"} 1795262340
        # HELP spoolway_last_job_duration_seconds How long the last job of an action took.
        # TYPE spoolway_last_job_duration_seconds gauge
        spoolway_last_job_duration_seconds{deployment="notes",action="update"} 3.5
        spoolway_last_job_duration_seconds{deployment="notes",action="backup"} 2
        # HELP spoolway_last_job_downtime_seconds How long users could notice that job.
        # TYPE spoolway_last_job_downtime_seconds gauge
        spoolway_last_job_downtime_seconds{deployment="notes",action="update"} 0.812
        # HELP spoolway_last_job_step_duration_seconds How long each of its steps took.
        # TYPE spoolway_last_job_step_duration_seconds gauge
        spoolway_last_job_step_duration_seconds{deployment="notes",action="update",step="fetch"} 1.5
        spoolway_last_job_step_duration_seconds{deployment="notes",action="update",step="gate"} 1
        # HELP spoolway_queue_length Requests that are claimed and wait.
        # TYPE spoolway_queue_length gauge
        spoolway_queue_length{deployment="notes"} 2
        # HELP spoolway_queue_oldest_age_seconds How long the oldest request has waited whose time has come, when this was written.
        # TYPE spoolway_queue_oldest_age_seconds gauge
        spoolway_queue_oldest_age_seconds{deployment="notes"} 30
        # HELP spoolway_current_version_info The live release.
        # TYPE spoolway_current_version_info gauge
        spoolway_current_version_info{deployment="notes",version="1.0.0"} 1
        # HELP spoolway_available_version_info The newer release that the last check found.
        # TYPE spoolway_available_version_info gauge
        spoolway_available_version_info{deployment="notes",version="1.1.0"} 1
        # HELP spoolway_runner_version_info The runner.
        # TYPE spoolway_runner_version_info gauge
        spoolway_runner_version_info{deployment="notes",version="0.1.0"} 1
        # HELP spoolway_paused Whether an operator holds the queue.
        # TYPE spoolway_paused gauge
        spoolway_paused{deployment="notes"} 1
        # HELP spoolway_needs_intervention Whether an undo has failed and people are needed.
        # TYPE spoolway_needs_intervention gauge
        spoolway_needs_intervention{deployment="notes"} 0
        # HELP spoolway_health What the last look at the application showed: 1 for one state.
        # TYPE spoolway_health gauge
        spoolway_health{deployment="notes",state="passing"} 1
        spoolway_health{deployment="notes",state="failing"} 0
        spoolway_health{deployment="notes",state="unknown"} 0
        # HELP spoolway_unserved_origins Inboxes from which nothing is taken until they are mended.
        # TYPE spoolway_unserved_origins gauge
        spoolway_unserved_origins{deployment="notes"} 0
        # HELP spoolway_notifications_undelivered Messages that wait for at least one channel.
        # TYPE spoolway_notifications_undelivered gauge
        spoolway_notifications_undelivered{deployment="notes"} 3
        # HELP spoolway_notifications_given_up Messages that could not be delivered and are kept.
        # TYPE spoolway_notifications_given_up gauge
        spoolway_notifications_given_up{deployment="notes"} 1
        # HELP spoolway_notifications_oldest_timestamp_seconds When the oldest of those that wait arose.
        # TYPE spoolway_notifications_oldest_timestamp_seconds gauge
        spoolway_notifications_oldest_timestamp_seconds{deployment="notes"} 1795262400
        # HELP spoolway_metrics_timestamp_seconds When this was written.
        # TYPE spoolway_metrics_timestamp_seconds gauge
        spoolway_metrics_timestamp_seconds{deployment="notes"} 1795262430
        """,
        figures.text(status(waiting), NOON, NOON.plusSeconds(30)));
  }

  @Test
  void labelsAreEscaped() {
    Exposition text = new Exposition("a\"b\\c\nd");
    text.gauge("x", "X.").sample(0.25, "k", "v");
    assertEquals(
        """
        # HELP spoolway_x X.
        # TYPE spoolway_x gauge
        spoolway_x{deployment="a\\"b\\\\c\\nd",k="v"} 0.25
        """,
        text.text());
  }
}
