package org.spoolway.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a worker gets on. Between two jobs its waits are bounded, so its loop must have passed
 * lately; what it does for long (a job, a recovery, an undo that is tried again) has limits of its
 * own and counts as life. Written by the worker's thread, read by any.
 */
public final class LifeSign {

  private final LongSupplier nanoTime;
  private volatile long passedNanos;
  private volatile boolean atLongWork;
  private volatile boolean serving;
  private volatile @Nullable Thread thread;

  /** Something that may take long. */
  @FunctionalInterface
  interface LongWork<T> {
    T run() throws IOException;
  }

  /**
   * One that has just passed.
   *
   * @param nanoTime the clock of {@link System#nanoTime}
   */
  public LifeSign(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.passedNanos = nanoTime.getAsLong();
  }

  /** The loop passes. */
  public void pass() {
    passedNanos = nanoTime.getAsLong();
    thread = Thread.currentThread();
  }

  /** What was left is decided, and requests are taken in. */
  public void serves() {
    serving = true;
    pass();
  }

  /** Does something whose time is limited elsewhere. */
  <T> T during(LongWork<T> work) throws IOException {
    atLongWork = true;
    try {
      return work.run();
    } finally {
      pass();
      atLongWork = false;
    }
  }

  /** Whether what an earlier runner left is decided, and requests are taken in. */
  public boolean isServing() {
    return serving;
  }

  /** Whether the loop has passed within this time, or does what may take longer. */
  public boolean isFresh(Duration within) {
    return atLongWork || nanoTime.getAsLong() - passedNanos <= within.toNanos();
  }

  /** Where its loop is, for people; empty before it began. */
  public StackTraceElement[] trace() {
    Thread loop = thread;
    return loop == null ? new StackTraceElement[0] : loop.getStackTrace();
  }
}
