package org.spoolway.schema;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a page needs to draw itself, in {@code status.json}. One that is older than 60 s, or
 * whose runner says {@code stoppedAt}, was left by a runner that runs no more: {@link
 * Runner#isRunning}.
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
 * @param origins what each origin may ask for, by its name
 * @param releases the releases that are here whole, newest version first
 * @param snapshots the copies of the data that are here whole, newest first
 * @param room what room there is, or null when that cannot be told
 * @param history the last {@value #HISTORY} jobs that changed the deployment or tried to, of all
 *     origins, newest first; without the names of people, since visitors of a closed site see this
 * @param auto what the runner asks for by itself, or null where that is nothing
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
    @Nullable Notifications notifications,
    Map<String, Origin> origins,
    List<Release> releases,
    List<Snapshot> snapshots,
    @Nullable Room room,
    List<Past> history,
    @Nullable Auto auto) {

  /** The value of {@code schema}. */
  public static final String SCHEMA = "spoolway/status/v1";

  /** How many jobs {@code history} has at most. */
  public static final int HISTORY = 20;

  /** What is not told of, as by an older runner, is empty. */
  public Status {
    origins = origins == null ? Map.of() : origins;
    releases = releases == null ? List.of() : releases;
    snapshots = snapshots == null ? List.of() : snapshots;
    history = history == null ? List.of() : history;
  }

  /**
   * What a check found.
   *
   * @param version the newest release that an update would go to; null when there is none newer
   * @param changes what lies between, newest first
   * @param checkedAt when it was found
   * @param why it is that one, or none; null when it was found by an earlier runner, or what is
   *     live has changed since
   * @param auto what the runner would go to by itself, or null where that is nothing
   */
  public record Available(
      @Nullable Version version,
      List<Result.Change> changes,
      Instant checkedAt,
      @Nullable String why,
      @Nullable Found auto) {}

  /**
   * What a check found for updates that nobody asks for.
   *
   * @param version the newest release that one would go to, or null
   * @param why it is that one, or none
   */
  public record Found(@Nullable Version version, String why) {}

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

  /**
   * Who works the queue. Whether it still does, the file's modification time tells, which a runner
   * sets every 10 s for as long as it gets on.
   *
   * @param pid its process
   * @param startedAt when it began
   * @param version the runner's version
   * @param stoppedAt when it ended in good order, or null; one that was killed says nothing
   */
  public record Runner(long pid, Instant startedAt, String version, @Nullable Instant stoppedAt) {

    /** After this long without a sign of life a runner counts as not running. */
    public static final Duration MOST_SILENCE = Duration.ofSeconds(60);

    /** The same runner once it has ended. */
    public Runner stopped(Instant at) {
      return new Runner(pid, startedAt, version, at);
    }

    /**
     * Whether it counts as running: it has not said that it ended, and has given a sign of life
     * within {@link #MOST_SILENCE}.
     *
     * @param lastSign the modification time of {@code status.json}
     */
    public boolean isRunning(Instant lastSign, Instant now) {
      return stoppedAt == null && !lastSign.plus(MOST_SILENCE).isBefore(now);
    }
  }

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

  /**
   * What an origin may ask for.
   *
   * @param actions spelled out, in the order of {@link Action}
   */
  public record Origin(List<Action> actions) {}

  /**
   * A release that is here, whole and sealed.
   *
   * @param live whether it is the one that serves
   * @param installedAt when it was sealed
   * @param bytes the size of its own files, in bytes
   */
  public record Release(Version version, boolean live, Instant installedAt, long bytes) {}

  /**
   * A copy of the data.
   *
   * @param name by which a request restores it
   * @param version the release whose data they are; null when there was none
   * @param reason the action that asked for it, or {@code replaced} for what a restore put aside
   * @param createdAt when it was taken
   * @param bytes its size
   */
  public record Snapshot(
      String name, @Nullable Version version, String reason, Instant createdAt, long bytes) {}

  /**
   * What room there is.
   *
   * @param freeBytes how many bytes the runner can still write where the application lies
   */
  public record Room(long freeBytes) {}

  /**
   * A job that changed the deployment, or tried to.
   *
   * @param from the release that was live before, or null
   * @param to the release it led to, or null when that was never known
   * @param startedAt when it began
   * @param finishedAt when it ended
   * @param downtimeMillis how long users may have noticed, in milliseconds; null when they could
   *     not
   */
  public record Past(
      RequestId id,
      String origin,
      Action action,
      Outcome state,
      @Nullable Version from,
      @Nullable Version to,
      Instant startedAt,
      Instant finishedAt,
      @Nullable Long downtimeMillis) {}

  /**
   * What the runner asks for by itself.
   *
   * @param level how far its updates go: {@code none}, {@code patch}, {@code minor}, {@code all}
   * @param version the release that the next one goes to, or null
   * @param at when that begins at the earliest, or null when that cannot be told
   * @param nextCheck when it looks for releases next; in the past while that is due
   * @param why it is that version and that time, or why there is none
   */
  public record Auto(
      String level,
      @Nullable Version version,
      @Nullable Instant at,
      Instant nextCheck,
      String why) {}

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
