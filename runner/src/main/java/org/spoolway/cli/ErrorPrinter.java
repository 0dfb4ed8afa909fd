package org.spoolway.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Tells what went wrong: what people can put right in two lines, what is our bug with its stack trace. */
final class ErrorPrinter {

  private final PrintStream err;

  ErrorPrinter(PrintStream err) {
    this.err = err;
  }

  /** Prints it and tells the exit code that goes with it. */
  ExitCode print(Exception e) {
    if (e instanceof ProblemException problem) {
      say(String.valueOf(problem.getMessage()), problem.fix());
      return exitCode(problem.problem());
    }
    if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return print(unchecked.getCause());
    }
    if (e instanceof IOException io) {
      say(describe(io), Problem.STORAGE_FAILED.fix());
      return ExitCode.FAILED;
    }
    err.println("spoolway: this is a bug in Spoolway; please report it with what follows");
    e.printStackTrace(err);
    return ExitCode.BUG;
  }

  private void say(String message, String fix) {
    err.println("spoolway: " + message);
    err.println("Fix: " + fix);
  }

  private static String describe(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "cannot access " + denied.getFile() + ": permission denied";
    }
    if (e instanceof FileSystemException file) {
      return "cannot use " + file.getFile() + ": " + (file.getReason() == null ? file.getClass().getSimpleName() : file.getReason());
    }
    return String.valueOf(e.getMessage());
  }

  static ExitCode exitCode(Problem problem) {
    return switch (problem) {
      case BUSY -> ExitCode.BUSY;
      case CONFIGURATION -> ExitCode.USAGE;
      case DEPLOYMENT_UNKNOWN, REQUEST_UNKNOWN, SNAPSHOT_UNKNOWN, VERSION_UNKNOWN -> ExitCode.NOT_FOUND;
      case UNDO_FAILED, UNDO_PENDING, JOURNAL_DAMAGED -> ExitCode.NEEDS_INTERVENTION;
      case INTERNAL -> ExitCode.BUG;
      default -> ExitCode.FAILED;
    };
  }
}
