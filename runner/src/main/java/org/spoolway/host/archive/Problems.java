package org.spoolway.host.archive;

import java.io.IOException;
import java.nio.file.Path;
import org.spoolway.channel.RefusedFileException;
import org.spoolway.durable.FreeBytes;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.unpack.UnusableArchiveException;
import org.spoolway.problem.IoReason;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.SignatureException;
import org.spoolway.wording.TransferSize;

/** What went wrong, as people are told. */
final class Problems {

  private Problems() {}

  /** The source did not let itself be read. */
  static ProblemException unreachable(String action, String observed) {
    return new ProblemException(Problem.SOURCE_UNREACHABLE, message(action, observed));
  }

  /** Somebody less privileged could exchange what is being read, or keep its reader waiting. */
  static ProblemException writableByOthers(String action, Path directory) throws IOException {
    return new ProblemException(
        Problem.SOURCE_UNREACHABLE,
        message(action, Ownership.others() + " can write in " + directory + ", or exchange it"),
        "Let it and all that it lies in belong to root, or to the account of a runner that is not"
            + " root, and nobody else write there: `chown root DIR; chmod go-w DIR`.",
        null);
  }

  /** A file of the source, on this host, cannot be read. */
  static ProblemException unread(String action, IOException failure) {
    return new ProblemException(
        Problem.SOURCE_UNREACHABLE, message(action, IoReason.of(failure)), failure);
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
        message(
            action,
            name
                + " has "
                + TransferSize.of(bytes)
                + ", and `source.maxSize` allows "
                + TransferSize.of(most)),
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

  /** There is no list of the makers, or nobody has signed it. */
  static ProblemException noChannel(String action, String name) {
    return new ProblemException(
        Problem.CHANNEL_REFUSED,
        message(action, "there is no " + name),
        "Check `source.url`; if that is right, ask the application's makers where the file is.",
        null);
  }

  /** It is gone, or something else than the makers' list says. */
  static ProblemException notAsListed(String action, String observed) {
    return new ProblemException(
        Problem.SOURCE_CHANGED,
        message(action, observed),
        "Ask again; if it repeats, ask the application's makers whether they have exchanged it.",
        null);
  }

  /** Somebody less privileged could say whose word counts. */
  static ProblemException writableByOthers(Path file) throws IOException {
    return new ProblemException(
        Problem.UNSAFE_PATH,
        "cannot rely on " + file + ": " + Ownership.others() + " can write or exchange it");
  }

  /** What its makers say of the releases cannot be believed. */
  static ProblemException refused(String action, RefusedFileException refused) {
    Problem problem =
        refused.kind() == RefusedFileException.Kind.EXPIRED
            ? Problem.CHANNEL_EXPIRED
            : Problem.CHANNEL_REFUSED;
    return new ProblemException(problem, message(action, refused.observed()), refused);
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
