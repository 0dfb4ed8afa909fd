package org.spoolway.host.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.spoolway.host.Interruption;

/** How long one call waits: until it is asked to end, and not beyond its limit. */
final class Patience {

  private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();

  private final Interruption interruption;
  private final Duration limit;
  private final long begun = System.nanoTime();

  /** What is done from time to time while something is awaited. */
  @FunctionalInterface
  interface Look {
    /**
     * Looks.
     *
     * @throws WebFailure when there is no sense in waiting on
     */
    void now() throws WebFailure;
  }

  /** Begins now. */
  Patience(Interruption interruption, Duration limit) {
    this.interruption = interruption;
    this.limit = limit;
  }

  /**
   * Waits for an outcome. When this fails, what brings the outcome goes on until the caller ends
   * it.
   *
   * @param look called some times a second
   * @throws ExecutionException when the outcome is a failure
   */
  <T> T await(CompletableFuture<T> outcome, Look look) throws WebFailure, ExecutionException {
    CompletableFuture<Object> event =
        CompletableFuture.anyOf(outcome.handle((value, e) -> true), interruption.signal());
    while (!outcome.isDone()) {
      requireSense();
      pause(event);
      look.now();
    }
    return result(outcome);
  }

  private void requireSense() throws WebFailure {
    if (interruption.requested()) {
      throw WebFailure.interrupted(interruption);
    }
    if (remainingNanos() <= 0) {
      throw WebFailure.unreachable("it did not come whole within " + limit.toSeconds() + " s");
    }
  }

  private long remainingNanos() {
    return limit.toNanos() - (System.nanoTime() - begun);
  }

  private void pause(CompletableFuture<?> event) {
    try {
      event.get(Math.min(LOOK_NANOS, Math.max(1, remainingNanos())), TimeUnit.NANOSECONDS);
    } catch (TimeoutException notYet) {
      // Then it is looked, and waited for again.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
  }

  private static <T> T result(CompletableFuture<T> outcome) throws ExecutionException {
    try {
      return outcome.get();
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
  }
}
