package org.spoolway.engine;

import java.io.IOException;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * How a toy step fails.
 *
 * @param when at which point of its work
 * @param kind with what
 */
record ToyFault(When when, Kind kind) {

  static final ToyFault NONE = new ToyFault(When.NEVER, Kind.PROBLEM);

  /** At which point of its work. */
  enum When {
    NEVER,
    DECIDING,
    BEFORE,
    HALFWAY,
    AFTER;

    /** Whether a step has such a point; one that only looks changes nothing. */
    boolean canStrike(String step) {
      return this != NEVER && (!ToyPlan.looksOnly(step) || this == DECIDING || this == BEFORE);
    }
  }

  /** With what. */
  enum Kind {
    PROBLEM("BUILD_FAILED"),
    STORAGE("STORAGE_FAILED"),
    BUG("INTERNAL");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }

    void fail() throws ProblemException, IOException {
      switch (this) {
        case PROBLEM -> throw new ProblemException(Problem.BUILD_FAILED, "cannot build it: no");
        case STORAGE -> throw new IOException("no space left");
        case BUG -> throw new IllegalStateException("a bug");
      }
    }
  }

  void strike(When now) throws ProblemException, IOException {
    if (now == when) {
      kind.fail();
    }
  }
}
