package org.spoolway.journal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.lifecycle.Phase;
import org.spoolway.schema.Failure;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;

/**
 * One entry. An entry that is {@link #forced} is on disk before the effect that it announces
 * begins; the others ride along with the next forced one, since all that they tell can be observed
 * anew.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JournalEntry.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = JournalEntry.Started.class, name = "started"),
  @JsonSubTypes.Type(value = JournalEntry.Applying.class, name = "applying"),
  @JsonSubTypes.Type(value = JournalEntry.Applied.class, name = "applied"),
  @JsonSubTypes.Type(value = JournalEntry.Skipped.class, name = "skipped"),
  @JsonSubTypes.Type(value = JournalEntry.Foreseen.class, name = "foreseen"),
  @JsonSubTypes.Type(value = JournalEntry.Noted.class, name = "noted"),
  @JsonSubTypes.Type(value = JournalEntry.Unproven.class, name = "unproven"),
  @JsonSubTypes.Type(value = JournalEntry.LeftOff.class, name = "leftOff"),
  @JsonSubTypes.Type(value = JournalEntry.TurnedBack.class, name = "turnedBack"),
  @JsonSubTypes.Type(value = JournalEntry.Undoing.class, name = "undoing"),
  @JsonSubTypes.Type(value = JournalEntry.Undone.class, name = "undone"),
  @JsonSubTypes.Type(value = JournalEntry.UndoFailed.class, name = "undoFailed"),
  @JsonSubTypes.Type(value = JournalEntry.Resumed.class, name = "resumed")
})
public sealed interface JournalEntry {

  /** When it was written. */
  Instant at();

  /** Whether it must be on disk before anything else happens. */
  @JsonIgnore
  default boolean forced() {
    return true;
  }

  /**
   * The request became a job.
   *
   * @param content the request's bytes, the private copy; empty for a touched name
   * @param name the file's name
   * @param orderTime the time that its place in the queue follows
   * @param submittedAt when the file arrived
   * @param at when it was claimed
   * @param format the form of the journal that it begins; null in the first, which did not say it
   */
  @SuppressWarnings("ArrayRecordComponent") // raw bytes; jobs are told apart by their tickets
  record Accepted(
      Instant at,
      String origin,
      RequestId id,
      String name,
      byte[] content,
      String sha256,
      Instant orderTime,
      Result.Owner owner,
      Instant submittedAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer format)
      implements JournalEntry {

    /** Begins a journal of now. */
    public Accepted(
        Instant at,
        String origin,
        RequestId id,
        String name,
        byte[] content,
        String sha256,
        Instant orderTime,
        Result.Owner owner,
        Instant submittedAt) {
      this(
          at,
          origin,
          id,
          name,
          content,
          sha256,
          orderTime,
          owner,
          submittedAt,
          JournalFormat.BEGUN);
    }
  }

  /**
   * A start. All that came before it, but for the acceptance, has been undone.
   *
   * @param attempt 1 for the first
   * @param sequence the place in the order of execution; the same for all attempts
   * @param known what held before its first step
   * @param steps the plan's steps, so that recovery never plans anew
   */
  record Started(Instant at, int attempt, long sequence, Evidence known, List<PlannedStep> steps)
      implements JournalEntry {
    /** The first effect is announced by an entry that is forced, and this one with it. */
    @Override
    public boolean forced() {
      return false;
    }
  }

  /**
   * One step of the plan.
   *
   * @param undoable whether it takes part in going back; what only looks does not
   */
  record PlannedStep(String name, Phase phase, boolean undoable) {
    /** A step that can be undone, as most. */
    public PlannedStep(String name, Phase phase) {
      this(name, phase, true);
    }
  }

  /**
   * A step is about to run.
   *
   * @param why why it runs
   */
  record Applying(Instant at, String step, String why) implements JournalEntry {}

  /** A step has run. */
  record Applied(Instant at, String step, Evidence evidence) implements JournalEntry {
    @Override
    public boolean forced() {
      return false;
    }
  }

  /** A step is not needed. */
  record Skipped(Instant at, String step, String why) implements JournalEntry {
    @Override
    public boolean forced() {
      return false;
    }
  }

  /**
   * A dry run: a step would run.
   *
   * @param detail what exactly it would do, or null
   */
  record Foreseen(Instant at, String step, String why, @Nullable String detail)
      implements JournalEntry {
    @Override
    public boolean forced() {
      return false;
    }
  }

  /** A step failed after the outcome was decided; told, and nothing else. */
  record Noted(Instant at, String step, Failure failure) implements JournalEntry {
    @Override
    public boolean forced() {
      return false;
    }
  }

  /**
   * A step of the proof failed, and the new state stays all the same, since going back would take
   * away what nobody said may go.
   */
  record Unproven(Instant at, String step, Failure failure) implements JournalEntry {}

  /** A runner that was asked to end leaves a step that watches to the next one. */
  record LeftOff(Instant at, String step) implements JournalEntry {}

  /**
   * From here on everything goes back.
   *
   * @param step the step that failed, or null when none had begun
   * @param crashed whether the reason is that a runner died or was asked to end, which permits
   *     another attempt
   */
  record TurnedBack(Instant at, @Nullable String step, Failure failure, boolean crashed)
      implements JournalEntry {}

  /** A step is about to be undone. */
  record Undoing(Instant at, String step) implements JournalEntry {}

  /** A step has been undone. */
  record Undone(Instant at, String step) implements JournalEntry {
    @Override
    public boolean forced() {
      return false;
    }
  }

  /** An undo failed; people are needed. */
  record UndoFailed(Instant at, String step, Failure failure) implements JournalEntry {}

  /**
   * A restarted runner goes forward.
   *
   * @param step the step it goes on from; this one and all after it run again
   */
  record Resumed(Instant at, String step) implements JournalEntry {}
}
