package org.spoolway.host.archive;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.problem.ProblemException;

/** What releases need of servers that hand out files. */
public interface Web {

  /**
   * What a call is for.
   *
   * @param action what cannot be done when it fails, such as {@code fetch release 1.2.0 from URL}
   * @param progress told how far it is
   * @param interruption ends it early
   */
  record Errand(String action, Progress progress, Interruption interruption) {}

  /**
   * Reads a small file, anew each time: what a server said once by mistake, or while somebody else
   * had it, must not be believed for ever.
   *
   * @return its bytes; empty when there is none at that address
   * @throws ProblemException {@code SOURCE_UNREACHABLE}, {@code INTERRUPTED}
   */
  Optional<byte[]> document(URI address, Errand errand) throws ProblemException;

  /**
   * The same of what tells all that a server has. One that has not changed since it was read the
   * last time is not transferred again, but once a day.
   *
   * @return its bytes; empty when there is none at that address
   * @throws ProblemException {@code SOURCE_UNREACHABLE}, {@code INTERRUPTED}
   */
  Optional<byte[]> list(URI address, Errand errand) throws ProblemException;

  /**
   * Brings a large file. What an earlier try left is gone on with, provided that the server says it
   * is still the same file; what this try leaves when it fails is kept for the next.
   *
   * @param into where it is once it is whole; replaced when it is there already
   * @return false when there is none at that address
   * @throws ProblemException {@code SOURCE_UNREACHABLE}, {@code SOURCE_UNUSABLE} when it is larger
   *     than allowed, {@code DISK_FULL}, {@code STORAGE_FAILED}, {@code INTERRUPTED}
   */
  boolean download(URI address, Path into, Errand errand) throws ProblemException;
}
