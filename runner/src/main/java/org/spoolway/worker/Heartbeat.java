package org.spoolway.worker;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the modification time of {@code status.json} say that a runner lives, as long as its worker
 * gets on: one that hangs must not look alive. It beats on the thread that writes the file, so that
 * a disk that hangs keeps neither the worker nor the supervisor's signs waiting.
 */
final class Heartbeat {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  /** Readers wait for six of them. */
  static final Duration PERIOD = Duration.ofSeconds(10);

  /** A loop passes every few seconds; with the period, well below what readers wait for. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  private final StatusBoard board;
  private final LifeSign lifeSign;

  Heartbeat(StatusBoard board, LifeSign lifeSign) {
    this.board = board;
    this.lifeSign = lifeSign;
  }

  /** Beats until the thread ends. */
  static void start(StatusBoard board, LifeSign lifeSign, ScheduledExecutorService thread) {
    Heartbeat heartbeat = new Heartbeat(board, lifeSign);
    long millis = PERIOD.toMillis();
    var unused =
        thread.scheduleWithFixedDelay(
            heartbeat::beatUnlessBroken, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** An exception would end the beats without a word. */
  private void beatUnlessBroken() {
    try {
      beat();
    } catch (RuntimeException bug) {
      LOG.error("cannot give a sign of life", bug);
    }
  }

  /** Gives a sign if the worker gets on. */
  void beat() {
    if (lifeSign.isFresh(LIMIT)) {
      board.showLife();
    }
  }
}
