package org.spoolway.host;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * A wish, from another thread, that the work in hand end early. Threads are never interrupted: that
 * would close the journal's channel under the writer (see {@link
 * java.nio.channels.ClosedByInterruptException}).
 */
public final class Interruption {

  /** Who wishes so. */
  public enum Cause {
    /** Somebody took the request back. */
    CANCEL,
    /** The runner is asked to end. */
    SHUTDOWN
  }

  private final CompletableFuture<Cause> signal;
  private final CompletableFuture<Cause> shutdown;

  /** A wish that nobody has yet. */
  public Interruption() {
    this.signal = new CompletableFuture<>();
    this.shutdown = new CompletableFuture<>();
  }

  private Interruption(CompletableFuture<Cause> shutdown) {
    this.signal = shutdown;
    this.shutdown = shutdown;
  }

  /** Asks the work to end; the first cause counts. */
  public void request(Cause cause) {
    if (cause == Cause.SHUTDOWN) {
      shutdown.complete(cause);
    }
    signal.complete(cause);
  }

  /**
   * The same wish for work that cannot be taken back any more: only that the runner ends counts,
   * also when a cancel came first.
   */
  public Interruption ofShutdown() {
    return new Interruption(shutdown);
  }

  /** Whether it was asked. */
  public boolean requested() {
    return signal.isDone();
  }

  /** Why it was asked, or null when it was not. */
  public @Nullable Cause cause() {
    return signal.getNow(null);
  }

  /**
   * Ends work where it may stop.
   *
   * @param what what cannot be finished then, such as {@code seal 1.0.0}
   * @throws ProblemException {@code INTERRUPTED} once it was asked
   */
  public void check(String what) throws ProblemException {
    if (requested()) {
      throw ended(what);
    }
  }

  /**
   * What work says that ended early.
   *
   * @param what what could not be finished, such as {@code seal 1.0.0}
   */
  public ProblemException ended(String what) {
    return new ProblemException(Problem.INTERRUPTED, "cannot " + what + ": " + observed());
  }

  /** Why work ended early; the end of a sentence. */
  public String observed() {
    return cause() == Cause.SHUTDOWN ? "the runner is ending" : "it was cancelled";
  }

  /**
   * Completes when it is asked; for waiting on several things at once. Complete it only through
   * {@link #request}.
   */
  public CompletableFuture<Cause> signal() {
    return signal;
  }

  /**
   * Waits for at most the given time.
   *
   * @return whether it was asked
   */
  public boolean await(Duration time) {
    try {
      signal.get(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException elapsed) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
  }
}
