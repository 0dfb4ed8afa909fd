package org.spoolway.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Interruption;
import org.spoolway.schema.RequestId;
import org.spoolway.spool.QueuedJob;

/** The job in hand, and the wish that it end early. Safe for several threads. */
final class InHand {

  private @Nullable QueuedJob job;
  private Interruption interruption = new Interruption();
  private boolean stopping;

  /**
   * Takes a job from the queue; between the two nobody sees it in neither place, so that it can be
   * taken back at any moment.
   */
  synchronized Optional<QueuedJob> take(Supplier<Optional<QueuedJob>> queue) {
    Optional<QueuedJob> taken = queue.get();
    taken.ifPresent(this::begin);
    return taken;
  }

  /**
   * A job begins, unless it is in hand already; it may be asked to end through what is returned.
   */
  synchronized Interruption begin(QueuedJob begun) {
    if (job == null || !job.ticket().equals(begun.ticket())) {
      job = begun;
      interruption = new Interruption();
      if (stopping) {
        interruption.request(Interruption.Cause.SHUTDOWN);
      }
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
    notifyAll();
  }

  /** Whether an end was asked for. */
  synchronized boolean stopping() {
    return stopping;
  }

  /** Waits for this long, or until an end is asked for; nothing else cuts it short. */
  synchronized void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toNanos(); left > 0 && !stopping; left = end - System.nanoTime()) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
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
