package org.spoolway.worker;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.spool.QueuedJob;

/**
 * Tells clients that their requests wait. One whose turn comes at once is not told to be waiting,
 * and no job waits for the telling. Safe for several threads.
 */
final class WaitingList {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingList.class);

  /** Nobody minds to learn of it so much later. */
  private static final long DELAY_MILLIS = 10;

  private static final long PAUSE_MILLIS = 1;

  /** So many at a time, since the thread has others to serve. */
  private static final int SOME = 16;

  private final Desk desk;
  private final ScheduledExecutorService timer;
  private final Queue<QueuedJob> untold = new ConcurrentLinkedQueue<>();
  private @Nullable Future<?> pending;

  WaitingList(Desk desk, ScheduledExecutorService timer) {
    this.desk = desk;
    this.timer = timer;
  }

  /** Tells of a job soon, if it waits then. */
  synchronized void add(QueuedJob job) {
    untold.add(job);
    if (pending == null) {
      pending = timer.schedule(this::tellSome, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void tellSome() {
    tell(SOME);
    synchronized (this) {
      pending =
          untold.isEmpty()
              ? null
              : timer.schedule(this::tellSome, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Tells at once of all that wait. */
  void tellAll() {
    tell(Integer.MAX_VALUE);
  }

  private void tell(int most) {
    for (int told = 0; told < most; told++) {
      QueuedJob job = untold.poll();
      if (job == null) {
        return;
      }
      try {
        desk.tellWaiting(job);
      } catch (IOException | RuntimeException e) {
        LOG.warn("cannot tell that {} is queued: {}", job.accepted().id(), e.toString());
      }
    }
  }
}
