package org.spoolway.lifecycle;

import java.util.Locale;

/** How far one step is; intent and progress differ by name. */
public enum StepState {
  /** Not begun. */
  PLANNED,
  /** A dry run has found that it would run. */
  FORESEEN,
  /** Begun; how far is for the world to say. */
  RUNNING,
  /** Done. */
  DONE,
  /** Not needed, for the reason given. */
  SKIPPED,
  /** Ended badly. */
  FAILED,
  /** Being undone. */
  UNDOING,
  /** Undone: the world is as before it. */
  UNDONE;

  /** The name used in results. */
  public String wireName() {
    return this == FORESEEN ? PLANNED.wireName() : name().toLowerCase(Locale.ROOT);
  }
}
