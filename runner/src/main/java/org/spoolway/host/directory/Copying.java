package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.problem.ProblemException;

/**
 * How candidates are copied.
 *
 * @param directory in which they lie
 * @param executable the program in a release, by its path
 * @param mostBytes how long one may be
 * @param patience for how long a copy may not get on
 */
record Copying(CandidateDirectory directory, String executable, long mostBytes, Duration patience) {

  /**
   * Copies one.
   *
   * @param into does not exist yet
   * @param action what cannot be done if it ends early, for people
   */
  PrivateCopy copy(
      Entry entry, Path into, String action, Progress progress, Interruption interruption)
      throws UnusableCandidateException, UnsettledException, ProblemException, IOException {
    return new WatchedCopy(patience)
        .run(
            meter -> PrivateCopy.make(directory, entry, executable, into, meter),
            abandoned -> new CopyMeter(action, mostBytes, progress, abandoned),
            interruption);
  }
}
