package org.spoolway.worker;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Interruption;
import org.spoolway.schema.RequestId;
import org.spoolway.spool.QueuedJob;

/** The job in hand, and the wish that it end early. Safe for several threads. */
final class InHand {

  private @Nullable QueuedJob job;
  private Interruption interruption = new Interruption();
  private boolean stopping;

  /** A job begins; it may be asked to end through what is returned. */
  synchronized Interruption begin(QueuedJob begun) {
    job = begun;
    interruption = new Interruption();
    if (stopping) {
      interruption.request(Interruption.Cause.SHUTDOWN);
    }
    return interruption;
  }

  /** The job is over. */
  synchronized void end() {
    job = null;
  }

  /** Asks the job in hand, and every later one, to end early. */
  synchronized void stop() {
    stopping = true;
    interruption.request(Interruption.Cause.SHUTDOWN);
  }

  /** Whether an end was asked for. */
  synchronized boolean stopping() {
    return stopping;
  }

  /** The job in hand, if it is this one. */
  synchronized Optional<QueuedJob> job(String origin, RequestId id) {
    return Optional.ofNullable(job)
        .filter(j -> j.accepted().origin().equals(origin) && j.accepted().id().equals(id));
  }

  /** Asks the job in hand to end, if it is this one. */
  synchronized Optional<QueuedJob> cancel(String origin, RequestId id) {
    Optional<QueuedJob> found = job(origin, id);
    found.ifPresent(j -> interruption.request(Interruption.Cause.CANCEL));
    return found;
  }
}
