package org.spoolway.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Failure;
import org.spoolway.wording.Printable;

/**
 * Tells what went wrong: what people can put right in two lines, what is our bug with its stack
 * trace.
 */
final class ErrorPrinter {

  private static final String ASK_FOR_ACCESS =
      "Run it as a user who has access, such as the runner's.";

  private final PrintStream err;

  ErrorPrinter(PrintStream err) {
    this.err = err;
  }

  /** Prints it and tells the exit code that goes with it. */
  ExitCode print(Throwable e) {
    if (e instanceof ProblemException problem) {
      say(String.valueOf(problem.getMessage()), problem.fix());
      return exitCode(problem.problem());
    } else if (e instanceof UsageException usage) {
      say(String.valueOf(usage.getMessage()), usage.fix());
      return ExitCode.USAGE;
    } else if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return print(unchecked.getCause());
    } else if (e instanceof AccessDeniedException denied) {
      say("cannot access " + denied.getFile() + ": permission denied", ASK_FOR_ACCESS);
      return ExitCode.FAILED;
    } else if (e instanceof IOException io) {
      say(describe(io), Problem.STORAGE_FAILED.fix());
      return ExitCode.FAILED;
    } else if (e instanceof InvalidPathException path) {
      say("cannot use the path: " + path.getMessage(), "Correct the path.");
      return ExitCode.USAGE;
    }
    err.println("spoolway: this is a bug in Spoolway; please report it with what follows");
    e.printStackTrace(err);
    return ExitCode.BUG;
  }

  /** Prints why a request did not end as asked. */
  void print(Failure failure) {
    say(failure.message(), failure.fix());
  }

  /** Prints what happened and what to do about it. */
  void say(String message, String fix) {
    err.println("spoolway: " + Printable.text(message));
    err.println("Fix: " + Printable.text(fix));
    err.flush();
  }

  private static String describe(IOException e) {
    if (e instanceof FileSystemException file) {
      return "cannot use " + file.getFile() + ": " + reason(file);
    }
    String message = String.valueOf(e.getMessage());
    return message.startsWith("cannot ") ? message : "cannot go on: " + message;
  }

  private static String reason(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    } else if (e instanceof FileAlreadyExistsException) {
      return "it exists already";
    } else if (e instanceof NotDirectoryException) {
      return "it is no directory";
    }
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }

  static ExitCode exitCode(Problem problem) {
    return switch (problem) {
      case BUSY -> ExitCode.BUSY;
      case CONFIGURATION, UNSAFE_PATH -> ExitCode.USAGE;
      case DEPLOYMENT_UNKNOWN, REQUEST_UNKNOWN, SNAPSHOT_UNKNOWN, VERSION_UNKNOWN ->
          ExitCode.NOT_FOUND;
      case REQUEST_MALFORMED,
          NOT_A_REGULAR_FILE,
          CONTENT_UNDER_TOUCH_NAME,
          ID_TAKEN,
          ACTION_NOT_ALLOWED,
          OWNER_NOT_ALLOWED,
          ACTION_NOT_SUPPORTED,
          EXPIRED,
          CANCELLED ->
          ExitCode.REFUSED;
      case UNDO_FAILED, UNDO_PENDING, JOURNAL_DAMAGED -> ExitCode.NEEDS_INTERVENTION;
      case INTERNAL -> ExitCode.BUG;
      default -> ExitCode.FAILED;
    };
  }
}
