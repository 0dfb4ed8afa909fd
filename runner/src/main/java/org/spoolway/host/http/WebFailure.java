package org.spoolway.host.http;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.FreeBytes;
import org.spoolway.host.Interruption;
import org.spoolway.problem.IoReason;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.wording.TransferSize;

/** Why a file did not come: what was observed, without what it was for. */
final class WebFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final String observed;
  private final String fix;

  private WebFailure(Problem problem, String observed, String fix, @Nullable Throwable cause) {
    super(observed, cause);
    this.problem = problem;
    this.observed = observed;
    this.fix = fix;
  }

  private static WebFailure of(Problem problem, String observed, @Nullable Throwable cause) {
    return new WebFailure(problem, observed, problem.fix(), cause);
  }

  /** The server did not deliver. */
  static WebFailure unreachable(String observed) {
    return of(Problem.SOURCE_UNREACHABLE, observed, null);
  }

  /** The server did not deliver, which was found out by another failure. */
  static WebFailure unreachable(String observed, Throwable cause) {
    return of(Problem.SOURCE_UNREACHABLE, observed, cause);
  }

  /** The file is larger than the deployment allows. */
  static WebFailure tooLarge(String size, long mostBytes) {
    return new WebFailure(
        Problem.SOURCE_UNUSABLE,
        "it has " + size + ", and `source.maxSize` allows " + TransferSize.of(mostBytes),
        "Raise `source.maxSize`, or have its maker publish a smaller release.",
        null);
  }

  /** The file could not be written. */
  static WebFailure unwritten(Path directory, IOException failure) {
    return FreeBytes.haveRunOut(directory)
        ? of(Problem.DISK_FULL, "the file system of " + directory + " is full", failure)
        : of(Problem.STORAGE_FAILED, IoReason.of(failure), failure);
  }

  /** There is not enough room for what would come. */
  static WebFailure noRoom(Path directory, long needed, long free) {
    String observed =
        "%s are to come, and the file system of %s has room for %s"
            .formatted(TransferSize.of(needed), directory, TransferSize.of(free));
    return of(Problem.DISK_FULL, observed, null);
  }

  /** It was asked to end. */
  static WebFailure interrupted(Interruption interruption) {
    return of(Problem.INTERRUPTED, interruption.observed(), null);
  }

  /**
   * The same as people are told.
   *
   * @param action what cannot be done, such as {@code fetch release 1.2.0 from URL}
   */
  ProblemException problem(String action) {
    return new ProblemException(problem, "cannot " + action + ": " + observed, fix, this);
  }
}
