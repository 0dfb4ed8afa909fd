package org.spoolway.tests;

import org.junit.jupiter.api.Assumptions;

/**
 * Something that the writer of an inbox does to it, and what has to come of that.
 *
 * @param name what tests/README.md calls it
 * @param act a snippet for {@link Writer}
 * @param takesRoot whether it means nothing unless the writer is another user than the runner
 */
record HostileCase(String name, String act, Outcome outcome, boolean takesRoot) {

  /** A case that one user can play alone. */
  static HostileCase attempt(String name, String act, Outcome... outcomes) {
    return new HostileCase(name, act, Outcome.all(outcomes), false);
  }

  /** The same for two users. */
  HostileCase ofTwoUsers() {
    return new HostileCase(name, act, outcome, true);
  }

  /** Skips the case where it cannot be played, and says so. */
  void assumePlayable() {
    boolean playable = Writer.PRIVILEGED || !takesRoot;
    if (!playable) {
      System.out.println("skipped: " + name + ": it takes a second user, and so root");
    }
    Assumptions.assumeTrue(playable, "it takes a second user, and so root");
  }

  @Override
  public String toString() {
    return name;
  }
}
