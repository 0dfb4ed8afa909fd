package org.spoolway.problem;

import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Failure;

/**
 * A problem that people can put right. The message reads {@code cannot <verb> <object>:
 * <observed>}.
 */
public final class ProblemException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final String fix;

  /** A problem with its usual fix. */
  public ProblemException(Problem problem, String message) {
    this(problem, message, problem.fix(), null);
  }

  /** A problem with its usual fix, and what caused it. */
  public ProblemException(Problem problem, String message, @Nullable Throwable cause) {
    this(problem, message, problem.fix(), cause);
  }

  /** A problem for which the finder knows a better fix. */
  public ProblemException(Problem problem, String message, String fix, @Nullable Throwable cause) {
    super(message, cause);
    assert message.startsWith("cannot ") : message;
    this.problem = problem;
    this.fix = fix;
  }

  /** Its kind. */
  public Problem problem() {
    return problem;
  }

  /** What to do about it. */
  public String fix() {
    return fix;
  }

  /** The same as it stands in a result, without a step. */
  public Failure failure() {
    return new Failure(problem.name(), null, String.valueOf(getMessage()), fix);
  }
}
