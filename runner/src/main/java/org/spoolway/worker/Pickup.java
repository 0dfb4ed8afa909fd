package org.spoolway.worker;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.spool.Intake;

/**
 * A worker's second thread: it takes requests in while a job runs, so that a long build delays
 * neither {@code queued} nor a cancel. It decides nothing; one job at a time is the worker's rule.
 */
final class Pickup {

  private static final Logger LOG = LoggerFactory.getLogger(Pickup.class);

  /** After a look that found nothing, so many times as long as it took. */
  private static final int REST = 4;

  private static final Duration LONGEST_REST = Duration.ofMillis(100);

  private final String deployment;
  private final Intake intake;
  private final StatusBoard board;
  private final InHand inHand;
  private final Runnable failed;
  private volatile int left;
  private volatile @Nullable Throwable death;
  private @Nullable Thread thread;

  /**
   * A pickup that does not run yet.
   *
   * @param failed is called when the disk failed or the thread died, so that the worker wakes up
   *     and recovers
   */
  Pickup(String deployment, Intake intake, StatusBoard board, InHand inHand, Runnable failed) {
    this.deployment = deployment;
    this.intake = intake;
    this.board = board;
    this.inHand = inHand;
    this.failed = failed;
  }

  /** Starts the thread, which ends once the wakeup is closed or an end was asked for. */
  void start(Wakeup wakeup) {
    Thread started = new Thread(() -> run(wakeup), "intake-" + deployment);
    started.setDaemon(true);
    started.start();
    thread = started;
  }

  /** Waits for the thread: nothing may be claimed for a worker that has ended. */
  void awaitEnd() {
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
  }

  /**
   * Sees that the thread lives, or has ended as it should.
   *
   * @throws IllegalStateException when a bug or an error of Java's killed it
   */
  void requireAlive() {
    Throwable cause = death;
    if (cause != null) {
      throw new IllegalStateException("the thread that takes requests in has died", cause);
    }
  }

  /** Takes requests in from the worker's own thread, unless this one is at it. */
  Optional<Intake.Scan> scanUnlessBusy() throws IOException {
    Optional<Intake.Scan> scan = intake.scanUnlessBusy();
    scan.ifPresent(this::seen);
    return scan;
  }

  /** How many requests the last scan left in their inboxes. */
  int left() {
    return left;
  }

  private void seen(Intake.Scan scan) {
    left = scan.left();
    board.scanned(scan.ignored(), scan.unserved());
  }

  private void run(Wakeup wakeup) {
    try {
      while (!inHand.stopping()) {
        wakeup.await(takeIn());
        board.watching(wakeup.mode());
      }
    } catch (ClosedWatchServiceException | InterruptedException ended) {
      LOG.debug("nothing more is taken in", ended);
    } catch (RuntimeException | Error e) {
      death = e;
      failed.run();
    }
  }

  /**
   * Somebody who writes into an inbox without end, and nothing that is a request, wakes the runner
   * without end: most of the time is for others all the same.
   */
  private void rest(long tookNanos) {
    Duration rest = Duration.ofNanos(REST * tookNanos);
    inHand.pause(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
  }

  /**
   * Takes in what there is.
   *
   * @return how long to wait at most before the next look, or null when nothing is due
   */
  private @Nullable Duration takeIn() {
    try {
      long before = System.nanoTime();
      Intake.Scan scan = intake.scan();
      seen(scan);
      if (scan.idle()) {
        rest(System.nanoTime() - before);
      }
      return intake.nextLook();
    } catch (IOException | RuntimeException e) {
      LOG.error("cannot take requests in for {}: {}; trying again", deployment, e.toString());
      failed.run();
      return Worker.AFTER_FAILURE;
    }
  }
}
