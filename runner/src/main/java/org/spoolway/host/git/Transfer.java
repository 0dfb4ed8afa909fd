package org.spoolway.host.git;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.git.Mirror.MirrorDamage;
import org.spoolway.host.git.Pulse.AbandonedException;
import org.spoolway.problem.ProblemException;

/**
 * Work with a source on a thread of its own. The worker's thread waits beside it, so that it can
 * turn away from a read that nothing ends; JGit's own read timeouts interrupt the thread that
 * reads, which must not be the worker's.
 */
final class Transfer {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final TransferMonitor monitor;
  private final Progress progress;
  private final Interruption interruption;
  private final Duration silence;

  /** What is done on the other thread. */
  @FunctionalInterface
  interface Work<T> {
    /** Does it, with regular beats. */
    T run(TransferMonitor monitor)
        throws RemoteFailure, MirrorDamage, ProblemException, IOException;
  }

  /**
   * Prepares one.
   *
   * @param silence without any sign of life for so long, the work is given up
   */
  Transfer(FreeSpace space, Progress progress, Interruption interruption, Duration silence) {
    this.monitor = new TransferMonitor(space);
    this.progress = progress;
    this.interruption = interruption;
    this.silence = silence;
  }

  /** How far it is, also after its end. */
  TransferMonitor monitor() {
    return monitor;
  }

  /**
   * Runs the work to its end.
   *
   * @throws AbandonedException when the interruption was requested first
   * @throws RemoteFailure also when there was no sign of life for too long
   */
  <T> T run(Work<T> work) throws RemoteFailure, MirrorDamage, ProblemException, IOException {
    if (interruption.requested()) {
      throw new AbandonedException();
    }
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(outcome, work), "git-transfer");
    // A read that nothing ends must not keep the process alive.
    thread.setDaemon(true);
    thread.start();
    CompletableFuture<Object> event =
        CompletableFuture.anyOf(settled(outcome), interruption.signal());
    while (!happens(event, LOOK)) {
      progress.at(monitor.fraction(), monitor.detail());
      if (monitor.silentNanos() > silence.toNanos()) {
        abandon(thread, outcome);
        throw new RemoteFailure("nothing came for " + silence.toSeconds() + " s", null);
      }
    }
    if (!outcome.isDone()) {
      abandon(thread, outcome);
      throw new AbandonedException();
    }
    return result(outcome);
  }

  private <T> void complete(CompletableFuture<T> outcome, Work<T> work) {
    try {
      outcome.complete(work.run(monitor));
    } catch (Throwable e) {
      outcome.completeExceptionally(e);
    }
  }

  private static CompletableFuture<Object> settled(CompletableFuture<?> outcome) {
    return outcome.handle((value, failure) -> true);
  }

  private void abandon(Thread thread, CompletableFuture<?> outcome) {
    monitor.cancel();
    thread.interrupt();
    // Most reads end now; a socket's only when its own timeout does, and what comes is thrown away.
    happens(settled(outcome), GRACE);
  }

  private static boolean happens(CompletableFuture<?> event, Duration within) {
    try {
      event.get(within.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
  }

  private static <T> T result(CompletableFuture<T> outcome)
      throws RemoteFailure, MirrorDamage, ProblemException, IOException {
    try {
      return outcome.join();
    } catch (CompletionException e) {
      Throwable failure = e.getCause();
      throwIf(failure, RemoteFailure.class);
      throwIf(failure, MirrorDamage.class);
      throwIf(failure, ProblemException.class);
      throwIf(failure, IOException.class);
      throwIf(failure, RuntimeException.class);
      throwIf(failure, Error.class);
      throw e;
    }
  }

  private static <X extends Throwable> void throwIf(@Nullable Throwable failure, Class<X> kind)
      throws X {
    if (kind.isInstance(failure)) {
      throw kind.cast(failure);
    }
  }
}
