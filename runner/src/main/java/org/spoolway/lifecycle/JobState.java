package org.spoolway.lifecycle;

import java.util.List;

/**
 * The life of a job, from a name in an inbox to a terminal result.
 *
 * <pre>
 * state      what is on disk                                        a restart …
 * ---------  -----------------------------------------------------  ---------------------------------
 * WAITING    incoming/ORIGIN/NAME                                   finds it by its first scan
 * CLAIMED    processing/TICKET/NAME, no journal                     examines it anew
 * QUEUED     journal: Accepted (the private copy); the claim goes   queues it again
 * PREPARING  + journal: Started; no step of the change begun        undoes it, tries again (3 starts)
 * CHANGING   + journal: Applying a step of the change               undoes it, unless all is swapped in
 * PROVING    + journal: the whole change applied                    starts, asks the gate: on or back
 * SETTLING   + journal: the whole proof applied                     finishes forward
 * UNDOING    + journal: TurnedBack                                  goes on undoing
 * BROKEN     broken.journal: UndoFailed; terminal result            tries the undo again
 * ENDED      + journal: nothing left to do, or to undo              publishes the terminal result
 * TOLD       terminal result; journal and claim may still be there  removes journal and claim
 * </pre>
 *
 * REJECTED is the other end of CLAIMED: rejected/ORIGIN/ID and a terminal result, never a journal.
 */
public enum JobState {
  /** In its inbox; the writer can still take it back. */
  WAITING(OnRestart.SCAN, "CLAIMED"),
  /** Out of its writer's reach, not yet understood. */
  CLAIMED(OnRestart.EXAMINE, "QUEUED", "REJECTED", "TOLD"),
  /** Understood, copied, waiting for its turn. */
  QUEUED(OnRestart.REQUEUE, "PREPARING", "ENDED"),
  /** Doing what users cannot notice. */
  PREPARING(
      OnRestart.UNDO_AND_RETRY, "CHANGING", "PROVING", "SETTLING", "UNDOING", "QUEUED", "ENDED"),
  /** Doing what users can notice; the new release is not live yet. */
  CHANGING(OnRestart.UNDO_UNLESS_SWAPPED, "PROVING", "UNDOING"),
  /** The new release is live; whether it stays is not decided. */
  PROVING(OnRestart.PROVE_AGAIN, "SETTLING", "UNDOING", "ENDED"),
  /** The new release stays; tidying up. */
  SETTLING(OnRestart.FINISH, "ENDED"),
  /** Going back, step by step. */
  UNDOING(OnRestart.UNDO_ON, "QUEUED", "ENDED", "BROKEN"),
  /** An undo failed; nothing else runs until it is put right. */
  BROKEN(OnRestart.UNDO_ON, "UNDOING"),
  /** Its outcome is final but not told. */
  ENDED(OnRestart.TELL, "TOLD"),
  /** The terminal result exists. */
  TOLD(OnRestart.TIDY),
  /** Refused; never became a job. */
  REJECTED(OnRestart.TIDY);

  private final OnRestart onRestart;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> exits;

  JobState(OnRestart onRestart, String... exits) {
    this.onRestart = onRestart;
    this.exits = List.of(exits);
  }

  /** What a runner that finds a job in this state does. */
  public OnRestart onRestart() {
    return onRestart;
  }

  /** The states that can follow. */
  public List<JobState> exits() {
    return exits.stream().map(JobState::valueOf).toList();
  }

  /** Whether nothing follows. */
  public boolean isFinal() {
    return exits.isEmpty();
  }
}
