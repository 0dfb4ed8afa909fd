package org.spoolway.journal;

/** The end of a runner, as kill -9 makes it: nothing in main code catches it. */
public final class Death extends Error {
  private static final long serialVersionUID = 1L;

  /** An end at a place that a test names. */
  public Death(String where) {
    super(where, null, false, false);
  }
}
