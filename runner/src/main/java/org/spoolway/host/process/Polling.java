package org.spoolway.host.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits for what the kernel tells nobody but a parent, such as a stranger's end: looks at once,
 * then ever more rarely, so that a short wait ends promptly and a long one costs next to nothing.
 */
final class Polling {

  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Polling() {}

  /**
   * Waits until the condition holds, for at most the given time.
   *
   * @return whether it holds
   */
  static boolean until(BooleanSupplier condition, Duration limit) {
    long start = System.nanoTime();
    long pause = FIRST_NANOS;
    while (!condition.getAsBoolean()) {
      long left = nanos(limit) - (System.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      await(Math.min(pause, left));
      pause = Math.min(pause * 3 / 2, LONGEST_NANOS);
    }
    return true;
  }

  /** A duration for the JDK's waits, which know no longer ones than 292 years. */
  static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException tooLong) {
      return Long.MAX_VALUE;
    }
  }

  private static void await(long nanos) {
    try {
      new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
  }
}
