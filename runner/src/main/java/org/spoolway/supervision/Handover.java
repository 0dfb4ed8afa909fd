package org.spoolway.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/**
 * The way from this process to the next one, which runs another release of the same program, and
 * back. The order is {@link #guard}, then the live link is changed, then {@link #replace}; the next
 * process goes on with the job, and its end is {@link #settle}.
 */
public interface Handover {

  /** Of everything but Spoolway itself. */
  static Handover none() {
    return NoHandover.INSTANCE;
  }

  /** The release that this process runs; empty when it is none that an update has brought. */
  Optional<Version> own();

  /**
   * Refuses where nobody would start the next process, such as for a runner started by hand.
   *
   * @throws ProblemException {@code SERVICE_START_FAILED}
   */
  void requireReplaceable(Version to) throws ProblemException;

  /**
   * Sees to it that another release comes back unless the next one has proved itself in time:
   * whoever puts it back is no part of either, and outlives a power cut.
   *
   * @param from what comes back; empty for what the host's packages have installed
   * @param to what has to prove itself, which is not live yet
   * @param within how long that may take
   * @throws ProblemException {@code SERVICE_START_FAILED} when nobody can watch; nothing has
   *     changed
   */
  void guard(Optional<Version> from, Version to, Duration within)
      throws ProblemException, IOException;

  /**
   * Has this process replaced by one that runs the live release. Returns at once; this one is asked
   * to end soon.
   *
   * @throws ProblemException {@code SERVICE_START_FAILED}
   */
  void replace() throws ProblemException;

  /**
   * Why a release that had to prove itself is not live any more; empty when it is, or never was.
   */
  Optional<String> whyPutBack(Version to) throws IOException;

  /**
   * What had to prove itself has done so, or has failed: nobody needs to watch any more. A process
   * that went back itself is no release that stays, and has itself replaced.
   *
   * @throws ProblemException {@code SERVICE_START_FAILED} when it cannot be replaced
   */
  void settle() throws ProblemException, IOException;
}
