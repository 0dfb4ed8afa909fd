package org.spoolway.lifecycle;

/** What a runner does with a job that it finds when it starts. */
public enum OnRestart {
  /** The scan finds it as if it had just arrived. */
  SCAN("claims it in its turn"),
  /** It is looked at as if it had just been claimed. */
  EXAMINE("examines it anew"),
  /** It waits for its turn again, in the same place. */
  REQUEUE("queues it again, in the same place"),
  /** Nothing was noticed: everything is undone, then it is tried again, three starts at most. */
  UNDO_AND_RETRY("undoes what was prepared and tries again"),
  /** If the last step of the change shows in the world it goes on as PROVING, otherwise back. */
  UNDO_UNLESS_SWAPPED(
      "puts the previous release and its data back, unless the new one is already swapped in and passes the gate"),
  /** The new release is started if need be and asked: it stays, or everything goes back. */
  PROVE_AGAIN(
      "asks the new release again; it stays if it passes the gate, otherwise the previous one is put back"),
  /** What is left cannot change the outcome. */
  FINISH("finishes what is left; the new release stays"),
  /** Undo is repeatable, so it goes on where it was. */
  UNDO_ON("goes on undoing"),
  /** The outcome follows from the journal alone. */
  TELL("writes the result"),
  /** Everything is told. */
  TIDY("has nothing left to do");

  private final String sentence;

  OnRestart(String sentence) {
    this.sentence = sentence;
  }

  /** The end of a sentence that begins with "a restart". */
  public String sentence() {
    return sentence;
  }
}
