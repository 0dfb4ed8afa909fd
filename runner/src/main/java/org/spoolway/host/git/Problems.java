package org.spoolway.host.git;

import java.io.IOException;
import java.nio.file.Files;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.git.CompleteTree.UnusableTreeException;
import org.spoolway.host.git.GitUrl.RefusedUrlException;
import org.spoolway.host.git.Mirror.MirrorDamage;
import org.spoolway.problem.IoReason;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.SignatureException;

/**
 * What went wrong, as people are told. An action is such as {@code fetch release 1.2.0 from URL}.
 */
final class Problems {

  private Problems() {}

  /** The deployment file's address is of no accepted kind. */
  static ProblemException refusedUrl(String url, RefusedUrlException refused) {
    return new ProblemException(
        Problem.CONFIGURATION,
        "cannot use source.url " + GitUrl.shown(url) + ": " + refused.reason(),
        "Set source.url to an https://, ssh:// or file:// address, or to user@host:path.",
        refused);
  }

  /** The other side did not deliver, or there was no place to put what it delivered. */
  static ProblemException undelivered(
      String action, RemoteFailure failure, TransferMonitor monitor) {
    if (monitor.diskRanOut()) {
      return full(action, monitor.space(), failure);
    }
    if (monitor.hasReceived() && !Files.isWritable(monitor.space().directory())) {
      return new ProblemException(
          Problem.STORAGE_FAILED,
          message(action, monitor.space().directory() + " is not writable"),
          failure);
    }
    return new ProblemException(
        Problem.SOURCE_UNREACHABLE, message(action, failure.reason()), failure);
  }

  /** Something on this host could not be written. */
  static ProblemException unwritten(String action, IOException failure, FreeSpace space) {
    return space.ranOut(0)
        ? full(action, space, failure)
        : new ProblemException(
            Problem.STORAGE_FAILED, message(action, IoReason.of(failure)), failure);
  }

  private static ProblemException full(String action, FreeSpace space, Exception failure) {
    String observed = "the file system of " + space.directory() + " is full";
    return new ProblemException(Problem.DISK_FULL, message(action, observed), failure);
  }

  /** The mirror is damaged, and was so again after it was made anew. */
  static ProblemException damaged(String action, MirrorDamage damage) {
    String observed = "the mirror " + damage.mirror() + " is damaged: " + damage.observed();
    return new ProblemException(Problem.STORAGE_FAILED, message(action, observed), damage);
  }

  /** The tag is gone, or names something else by now. */
  static ProblemException changed(String action, String observed) {
    return new ProblemException(Problem.SOURCE_CHANGED, message(action, observed));
  }

  /** What the tag names cannot be a release. */
  static ProblemException unusable(String action, UnusableTreeException failure) {
    return new ProblemException(
        Problem.SOURCE_UNUSABLE, message(action, failure.reason()), failure);
  }

  /** Nobody whose word counts has signed it. */
  static ProblemException untrusted(Candidate candidate, SignatureException refused) {
    return new ProblemException(
        Problem.SIGNATURE_REFUSED,
        message("trust the tag " + candidate.tag(), refused.observed()),
        refused);
  }

  private static String message(String action, String observed) {
    return "cannot " + action + ": " + observed;
  }
}
