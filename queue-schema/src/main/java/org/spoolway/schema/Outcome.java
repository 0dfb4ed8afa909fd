package org.spoolway.schema;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The {@code state} of a result: the two that pass, and the terminal ones of which each request
 * gets one.
 */
public enum Outcome {
  /** Accepted, waiting for its turn. */
  QUEUED(false, -1),
  /** Being carried out, or being undone. */
  RUNNING(false, -1),
  /** Done, and proven where the action has a proof. */
  SUCCEEDED(true, 0),
  /** Nothing to do: the world was already as asked. */
  UNCHANGED(true, 0),
  /** A dry run: the plan is in the steps, nothing changed. */
  PLANNED(true, 0),
  /** Failed after users could notice; everything is as before. */
  ROLLED_BACK(true, 1),
  /** Failed before users could notice; everything is as before. */
  FAILED(true, 1),
  /** Never became a job. */
  REJECTED(true, 4),
  /** Taken back by a later request. */
  CANCELLED(true, 4),
  /** Its {@code expires} passed before its turn came. */
  EXPIRED(true, 4),
  /**
   * An undo failed, or what turned unhealthy cannot be undone without taking data away; the message
   * says how to get out.
   */
  NEEDS_INTERVENTION(true, 3);

  private final boolean terminal;
  private final int exitCode;

  Outcome(boolean terminal, int exitCode) {
    this.terminal = terminal;
    this.exitCode = exitCode;
  }

  /** Whether this is an end: a result with it never changes again. */
  public boolean isTerminal() {
    return terminal;
  }

  /** The process exit code of a command that waited for this end; -1 for a state that is none. */
  public int exitCode() {
    return exitCode;
  }

  /** The name used in results. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
