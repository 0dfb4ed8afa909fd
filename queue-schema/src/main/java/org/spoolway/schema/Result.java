package org.spoolway.schema;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the world is told about one request, in {@code results/ORIGIN/ID.json}. Rewritten as the job
 * advances; final once {@link Outcome#isTerminal}.
 *
 * @param schema {@link #SCHEMA}
 * @param id the request's id, given or made from its file's name
 * @param origin the inbox it came through
 * @param deployment the deployment
 * @param action what was asked; null when that could not be read
 * @param state how far it is, or how it ended
 * @param from the release that was live before; null when there was none or it was not looked up
 * @param to the release it leads to; null when not (yet) known
 * @param dryRun whether only a plan was asked for
 * @param requestedBy who pressed the button, for display only
 * @param owner who owned the file
 * @param reason as the request said
 * @param attempt which start of the job this is; 0 before the first
 * @param sequence the place in the order of execution; null before the start
 * @param order the order actually used; null when it never queued
 * @param requestSha256 plain hex of the request's raw bytes, or of the name for a touched file;
 *     null when never read
 * @param planSha256 the hash of the plan, for a dry run
 * @param snapshot the snapshot that was made or used
 * @param submittedAt when the file arrived
 * @param claimedAt when the runner took it
 * @param notBefore until when it is held back, as the request said; null when it is not
 * @param finishedAt when it ended
 * @param downtimeMillis how long users may have noticed, in milliseconds; null when they could not
 * @param steps the steps in order
 * @param changes what the release brings, newest first
 * @param error why it did not end as asked
 * @param log the log's place below the spool; null when there is none
 * @param expected what carrying out the plan would cost; null but for a dry run that was planned
 */
public record Result(
    String schema,
    RequestId id,
    String origin,
    String deployment,
    @Nullable Action action,
    Outcome state,
    @Nullable Version from,
    @Nullable Version to,
    boolean dryRun,
    @Nullable String requestedBy,
    Owner owner,
    @Nullable String reason,
    int attempt,
    @Nullable Long sequence,
    @Nullable Order order,
    @Nullable String requestSha256,
    @Nullable String planSha256,
    @Nullable String snapshot,
    Instant submittedAt,
    Instant claimedAt,
    @Nullable Instant notBefore,
    @Nullable Instant finishedAt,
    @Nullable Long downtimeMillis,
    List<Step> steps,
    List<Change> changes,
    @Nullable Failure error,
    @Nullable String log,
    @Nullable Expected expected) {

  /** The value of {@code schema}. */
  public static final String SCHEMA = "spoolway/result/v1";

  /**
   * Who owned the request's file.
   *
   * @param uid the numeric user
   * @param user its name, or the number again when it has none
   */
  public record Owner(int uid, String user) {}

  /**
   * The order that was used.
   *
   * @param time the request's time, or its arrival when that was earlier
   * @param name the file's name, which breaks ties
   */
  public record Order(Instant time, String name) {}

  /**
   * One step.
   *
   * @param name the step's name
   * @param state {@code planned}, {@code running}, {@code done}, {@code skipped}, {@code failed},
   *     {@code undoing}, {@code undone}
   * @param why why it runs or is skipped
   * @param startedAt when it began, or null
   * @param millis how long it took, in milliseconds, or null
   * @param progress 0.0 to 1.0, or null when it cannot be told
   * @param detail what was observed, or null
   */
  public record Step(
      String name,
      String state,
      String why,
      @Nullable Instant startedAt,
      @Nullable Long millis,
      @Nullable Double progress,
      @Nullable String detail) {}

  /**
   * What a release brings.
   *
   * @param version the release
   * @param notes its tag's message
   */
  public record Change(Version version, String notes) {}

  /**
   * What carrying out a plan would cost, as far as what ran here before tells. An estimate, which
   * is no part of the plan's hash.
   *
   * @param downtimeMillis how long users would meet a closed door, in milliseconds: 0 where the
   *     plan closes none, else the median of the last jobs of the kind; null when there was none
   * @param bytes how many bytes it needs free: what the job is refused without, and the size of the
   *     live release as the estimate of one that is still to be fetched; null when that is not
   *     known
   * @param freeBytes how many bytes are free where the application lies
   */
  public record Expected(@Nullable Long downtimeMillis, @Nullable Long bytes, long freeBytes) {}
}
