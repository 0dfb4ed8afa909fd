package org.spoolway.schema;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a page needs to draw itself, in {@code status.json}.
 *
 * @param schema {@link #SCHEMA}
 * @param deployment the deployment
 * @param current the live release, or null before the first
 * @param available what the last check found, or null before the first
 * @param running the job in hand, or null
 * @param queued how many requests are claimed and wait
 * @param ignored how many names outside the grammar lie in each origin's inbox
 * @param unserved the origins whose requests wait in their inboxes because something must be put
 *     right first
 * @param last the last request that ended, or null
 * @param paused whether an operator holds the queue
 * @param watch how new requests are noticed
 * @param runner who works the queue
 * @param broken the job whose undo failed and is still to be done, or null; people are needed
 * @param health what the last look at the application showed
 * @param notifications what people have still to be told, or null where nobody is told of anything
 */
public record Status(
    String schema,
    String deployment,
    @Nullable Version current,
    @Nullable Available available,
    @Nullable Running running,
    int queued,
    Map<String, Integer> ignored,
    Map<String, Unserved> unserved,
    @Nullable Last last,
    boolean paused,
    Watch watch,
    Runner runner,
    @Nullable Broken broken,
    Health health,
    @Nullable Notifications notifications) {

  /** The value of {@code schema}. */
  public static final String SCHEMA = "spoolway/status/v1";

  /**
   * What a check found.
   *
   * @param version the newest release that an update would go to; null when there is none newer
   * @param changes what lies between, newest first
   * @param checkedAt when it was found
   */
  public record Available(
      @Nullable Version version, List<Result.Change> changes, Instant checkedAt) {}

  /**
   * The job in hand.
   *
   * @param step the step it is at, or null between steps
   * @param progress 0.0 to 1.0, or null when it cannot be told
   */
  public record Running(
      RequestId id,
      String origin,
      Action action,
      @Nullable String step,
      @Nullable Double progress) {}

  /** The last request that ended. */
  public record Last(
      RequestId id,
      String origin,
      @Nullable Action action,
      Outcome state,
      @Nullable Version to,
      Instant finishedAt) {}

  /**
   * Why an inbox is not served.
   *
   * @param message what was observed
   * @param fix what to do about it
   */
  public record Unserved(String message, String fix) {}

  /**
   * A job whose undo failed. Nothing else but a check is carried out until it is undone.
   *
   * @param step the step whose undo failed
   * @param message what was observed
   * @param fix what to do about it
   */
  public record Broken(RequestId id, String origin, String step, String message, String fix) {}

  /**
   * How new requests are noticed.
   *
   * @param mode {@code events} or {@code polling}
   * @param why the reason, for people
   */
  public record Watch(String mode, String why) {}

  /** Who works the queue. */
  public record Runner(long pid, Instant startedAt, String version) {}

  /**
   * What the last look at the application showed.
   *
   * @param state passing, failing or unknown
   * @param detail for people
   * @param checkedAt when, or null when nobody has looked
   */
  public record Health(HealthState state, String detail, @Nullable Instant checkedAt) {}

  /**
   * What people have still to be told of outcomes.
   *
   * @param undelivered how many messages wait for at least one channel
   * @param since when the oldest of them was written, or null when there is none
   * @param givenUp how many could not be delivered and are kept aside
   * @param troubles the channels whose last try has failed
   */
  public record Notifications(
      int undelivered, @Nullable Instant since, int givenUp, List<Trouble> troubles) {}

  /**
   * Why a channel does not deliver.
   *
   * @param channel {@code command}, {@code webhook} or {@code mail}
   * @param message what was observed
   * @param fix what to do about it
   */
  public record Trouble(String channel, String message, String fix) {}

  /** What is known about the application's health. */
  public enum HealthState {
    /** It answered as asked. */
    PASSING,
    /** It did not. */
    FAILING,
    /** Nobody has looked, or there is nothing to look at. */
    UNKNOWN;

    /** The name used in the status. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
