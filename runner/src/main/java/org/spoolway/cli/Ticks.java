package org.spoolway.cli;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Does something again and again on a thread of its own, until it is closed. */
final class Ticks implements AutoCloseable {

  private final ScheduledExecutorService executor;
  private final ScheduledFuture<?> ticking;

  Ticks(Duration pause, Runnable each) {
    executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "ticks");
              thread.setDaemon(true);
              return thread;
            });
    ticking =
        executor.scheduleWithFixedDelay(
            each, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends it, and throws what one of the ticks has thrown. */
  @Override
  public void close() {
    boolean failed = ticking.isDone();
    executor.shutdownNow();
    if (failed) {
      rethrow();
    }
  }

  private void rethrow() {
    try {
      ticking.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException("the main thread is never interrupted", e);
    }
  }
}
