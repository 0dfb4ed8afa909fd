package org.spoolway.worker;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's third thread, which tells clients a little later what need not be told at once. */
final class TellerThread {

  private static final Logger LOG = LoggerFactory.getLogger(TellerThread.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private TellerThread() {}

  /** The thread. What it has still to do when its end comes, and what comes later, is dropped. */
  static ScheduledExecutorService make() {
    ScheduledThreadPoolExecutor thread =
        new ScheduledThreadPoolExecutor(
            1, TellerThread::daemon, new ThreadPoolExecutor.DiscardPolicy());
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return thread;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "teller");
    thread.setDaemon(true);
    return thread;
  }

  /** Ends it, and waits for what it is at. */
  static void end(ScheduledExecutorService thread) {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("something is being told still, which takes long");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
  }
}
