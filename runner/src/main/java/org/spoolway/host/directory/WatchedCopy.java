package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.host.Interruption;
import org.spoolway.problem.ProblemException;

/**
 * Copies on a thread of its own what others can exchange at any instant: to open a pipe that has
 * taken a file's place lasts until somebody opens its other end, which may be never.
 */
final class WatchedCopy {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedCopy.class);

  private final Duration patience;

  /**
   * A watch.
   *
   * @param patience for how long a copy may not get on
   */
  WatchedCopy(Duration patience) {
    this.patience = patience;
  }

  /** The copying. */
  interface Work<T> {
    /** Does it, and tells the meter. */
    T with(CopyMeter meter)
        throws UnusableCandidateException, UnsettledException, ProblemException, IOException;
  }

  /** Makes the meter of a copy. */
  interface Metering {
    /**
     * One that ends the copy when it is given up.
     *
     * @param abandoned is asked for then
     */
    CopyMeter until(Interruption abandoned);
  }

  /**
   * Copies.
   *
   * @param interruption ends it early
   * @throws UnsettledException when it does not get on
   */
  <T> T run(Work<T> work, Metering metering, Interruption interruption)
      throws UnusableCandidateException, UnsettledException, ProblemException, IOException {
    Interruption abandoned = new Interruption();
    CompletableFuture<Void> handedOn = interruption.signal().thenAccept(abandoned::request);
    CopyMeter meter = metering.until(abandoned);
    CompletableFuture<T> copied = new CompletableFuture<>();
    start(work, meter, copied);
    try {
      return await(copied, meter, abandoned);
    } finally {
      handedOn.cancel(false);
    }
  }

  private static <T> void start(Work<T> work, CopyMeter meter, CompletableFuture<T> copied) {
    Runnable task =
        () -> {
          try {
            copied.complete(work.with(meter));
          } catch (UnusableCandidateException
              | UnsettledException
              | ProblemException
              | IOException
              | RuntimeException e) {
            copied.completeExceptionally(e);
          }
        };
    Thread thread = new Thread(task, "copy of a candidate");
    thread.setDaemon(true);
    thread.start();
  }

  private <T> T await(CompletableFuture<T> copied, CopyMeter meter, Interruption abandoned)
      throws UnusableCandidateException, UnsettledException, ProblemException, IOException {
    long seen = -1;
    while (meter.beats() != seen) {
      seen = meter.beats();
      try {
        return copied.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException slow) {
        LOG.debug("{} is still being copied", meter.at());
      } catch (InterruptedException e) {
        throw new IllegalStateException("a worker's thread is never interrupted", e);
      } catch (ExecutionException e) {
        throw asThrown(e);
      }
    }
    abandoned.request(Interruption.Cause.CANCEL);
    Path at = meter.at();
    if (at != null) {
      release(at);
    }
    throw new UnsettledException(
        "it could not be read for " + patience.toSeconds() + " s, at " + at);
  }

  /** Whoever opens a pipe for both never waits, and ends the waiting of who only reads. */
  private static void release(Path path) {
    try {
      Files.newByteChannel(
              path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
          .close();
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be opened, and a thread may go on waiting for it: {}", path, e.toString());
    }
  }

  private static RuntimeException asThrown(ExecutionException wrapped)
      throws UnusableCandidateException, UnsettledException, ProblemException, IOException {
    Throwable cause = wrapped.getCause();
    if (cause instanceof UnusableCandidateException unusable) {
      throw unusable;
    } else if (cause instanceof UnsettledException unsettled) {
      throw unsettled;
    } else if (cause instanceof ProblemException problem) {
      throw problem;
    } else if (cause instanceof IOException failure) {
      throw failure;
    }
    return new IllegalStateException(wrapped);
  }
}
