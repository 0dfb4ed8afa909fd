package org.spoolway.engine;

/** What the world shows of a step. */
public enum Observation {
  /** Nothing of it. */
  ABSENT,
  /** Perhaps something of it; undo copes. */
  PARTIAL,
  /** All of it. */
  PRESENT
}
