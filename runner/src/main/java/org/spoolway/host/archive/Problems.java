package org.spoolway.host.archive;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.FreeBytes;
import org.spoolway.host.Interruption;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.host.unpack.UnusableArchiveException;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.SignatureException;

/** What went wrong, as people are told. */
final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** With less than this a file system counts as full: what failed is often removed again. */
  private static final long FLOOR_BYTES = 1 << 20;

  private Problems() {}

  /** The source did not let itself be read. */
  static ProblemException unreachable(String action, String observed) {
    return new ProblemException(Problem.SOURCE_UNREACHABLE, message(action, observed));
  }

  /** Somebody less privileged could exchange what is being read, or keep its reader waiting. */
  static ProblemException writableByOthers(String action, Path directory) {
    return new ProblemException(
        Problem.SOURCE_UNREACHABLE,
        message(action, "others than root can write in " + directory + ", or exchange it"),
        "Let it and all that it lies in belong to root, and nobody else write there: `chown root"
            + " DIR; chmod go-w DIR`.",
        null);
  }

  /** A file of the source, on this host, cannot be read. */
  static ProblemException unread(String action, IOException failure) {
    return new ProblemException(
        Problem.SOURCE_UNREACHABLE, message(action, observed(failure)), failure);
  }

  /** It is gone, or another by now. */
  static ProblemException changed(String action, String observed) {
    return new ProblemException(
        Problem.SOURCE_CHANGED,
        message(action, observed),
        "Ask again; if it repeats, see whether somebody is exchanging the archive, or has forgotten"
            + " to make SHA256SUMS anew.",
        null);
  }

  /** It cannot be a release. */
  static ProblemException unusable(String action, UnusableArchiveException refused) {
    return new ProblemException(
        Problem.SOURCE_UNUSABLE,
        message(action, refused.reason()),
        "Make the archive anew, of a later version.",
        refused);
  }

  /** There is more of it than the deployment file allows. */
  static ProblemException tooLong(String action, String name, long bytes, long most) {
    return new ProblemException(
        Problem.SOURCE_UNUSABLE,
        message(action, name + " has " + bytes + " bytes, more than " + most),
        "Raise `source.maxSize` if that is right.",
        null);
  }

  /** Nobody whose word counts has signed it. */
  static ProblemException untrusted(Candidate candidate, SignatureException refused) {
    return new ProblemException(
        Problem.SIGNATURE_REFUSED,
        message("trust the archive " + candidate.tag(), refused.observed()),
        refused);
  }

  /** Something on this host could not be written below a directory. */
  static ProblemException unwritten(String action, IOException failure, Path directory) {
    if (isFull(directory)) {
      String observed = "the file system of " + directory + " is full";
      return new ProblemException(Problem.DISK_FULL, message(action, observed), failure);
    }
    return new ProblemException(
        Problem.STORAGE_FAILED, message(action, observed(failure)), failure);
  }

  private static boolean isFull(Path directory) {
    try {
      return FreeBytes.of(directory) < FLOOR_BYTES;
    } catch (IOException e) {
      // One that does not answer is not called full; the failed write says what it says.
      LOG.debug("the free space of {} cannot be told", directory, e);
      return false;
    }
  }

  /** It was asked to end. */
  static ProblemException interrupted(Errand errand) {
    boolean isCancel = errand.interruption().cause() == Interruption.Cause.CANCEL;
    return new ProblemException(
        Problem.INTERRUPTED,
        message(errand.action(), isCancel ? "it was cancelled" : "the runner is ending"));
  }

  private static String message(String action, String observed) {
    return "cannot " + action + ": " + observed;
  }

  private static String observed(IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "permission denied for " + denied.getFile();
    }
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    return String.valueOf(failure.getMessage());
  }
}
