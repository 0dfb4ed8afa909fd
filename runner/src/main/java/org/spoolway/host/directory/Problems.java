package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.file.Path;
import org.spoolway.durable.FreeBytes;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.IoReason;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** What went wrong, as people are told. */
final class Problems {

  private Problems() {}

  /** The directory, or what the runner keeps of it, cannot be read. */
  static ProblemException unread(String action, IOException failure) {
    return new ProblemException(
        Problem.SOURCE_UNREACHABLE,
        message(action, IoReason.of(failure)),
        "Check `source.url`, and that the runner may read there.",
        failure);
  }

  /** Nobody needs so many. */
  static ProblemException tooMany(String action, int most) {
    return new ProblemException(
        Problem.SOURCE_UNUSABLE,
        message(action, "there are more than " + most + ", or thousands of other names"),
        "Remove old ones from the directory that `source.url` names.",
        null);
  }

  /** It is gone, or another by now. */
  static ProblemException changed(String action, String observed) {
    return new ProblemException(
        Problem.SOURCE_CHANGED,
        message(action, observed),
        "Ask again; if it repeats, see who is changing what lies in the directory.",
        null);
  }

  /** It cannot be a release. */
  static ProblemException unusable(String action, String observed) {
    return new ProblemException(
        Problem.SOURCE_UNUSABLE,
        message(action, observed),
        "Make the candidate anew, of a later version.",
        null);
  }

  /** Nobody whose word counts has signed it. */
  static ProblemException untrusted(Candidate candidate, String observed) {
    return new ProblemException(
        Problem.SIGNATURE_REFUSED, message("trust the candidate " + candidate.tag(), observed));
  }

  /** Something on this host could not be written below a directory. */
  static ProblemException unwritten(String action, IOException failure, Path directory) {
    if (FreeBytes.haveRunOut(directory)) {
      String observed = "the file system of " + directory + " is full";
      return new ProblemException(Problem.DISK_FULL, message(action, observed), failure);
    }
    return new ProblemException(
        Problem.STORAGE_FAILED, message(action, IoReason.of(failure)), failure);
  }

  private static String message(String action, String observed) {
    return "cannot " + action + ": " + observed;
  }
}
