package org.spoolway.cli;

import org.spoolway.schema.Outcome;

/** The exit codes of every command. The README's table is checked against this. */
public enum ExitCode {
  /** Succeeded, unchanged or planned; or what was asked to be shown was shown. */
  OK(0, "succeeded, unchanged, planned"),
  /** Failed or rolled back. */
  FAILED(1, "failed or rolled back"),
  /** The command line or a deployment file is wrong. */
  USAGE(2, "usage or configuration"),
  /** An undo failed, or was left to people since it would take data away. */
  NEEDS_INTERVENTION(3, "needs intervention"),
  /** Rejected, cancelled or expired. */
  REFUSED(4, "rejected, cancelled, expired"),
  /** No such deployment, request, release or snapshot. */
  NOT_FOUND(5, "not found"),
  /** A bug in Spoolway. */
  BUG(70, "our bug"),
  /** Somebody else is at it, or something must be put right first. */
  BUSY(75, "busy, try again");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number. */
  public int code() {
    return code;
  }

  /** What it means, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** The one for a command that waited for a request's end. */
  static ExitCode of(Outcome end) {
    for (ExitCode candidate : values()) {
      if (candidate.code == end.exitCode()) {
        return candidate;
      }
    }
    throw new IllegalArgumentException(end + " is no end");
  }
}
