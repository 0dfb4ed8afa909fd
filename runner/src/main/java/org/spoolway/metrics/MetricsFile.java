package org.spoolway.metrics;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.History;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Result;
import org.spoolway.schema.Status;

/**
 * Keeps the figures of one deployment on the disk: written at most once a second when something has
 * changed, and every fifteen seconds, since ages grow by themselves. That they cannot be written is
 * logged and stops nothing. Safe for several threads.
 */
public final class MetricsFile {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsFile.class);
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final TextFile file;
  private final ScheduledExecutorService timer;
  private final Function<Instant, @Nullable Instant> oldest;
  private final Clock clock;
  private final Figures figures = new Figures();
  private @Nullable Status latest;
  private @Nullable Future<?> later;
  private long writtenNanos = System.nanoTime() - QUIET.toNanos();
  private @Nullable String fault;

  /**
   * Figures that begin with what ran before.
   *
   * @param timer on which the file is written
   * @param oldest since when the oldest request waits whose time has come by then, or null
   */
  public MetricsFile(
      TextFile file,
      ScheduledExecutorService timer,
      Function<Instant, @Nullable Instant> oldest,
      List<History.Entry> past,
      Clock clock) {
    this.file = file;
    this.timer = timer;
    this.oldest = oldest;
    this.clock = clock;
    figures.begin(past);
  }

  /** A job has ended; the next status brings it to the disk. */
  public synchronized void ended(Result result) {
    figures.ended(result);
  }

  /** Something may have changed. */
  public synchronized void showed(Status status) {
    latest = status;
    writeAfter(writtenNanos + QUIET.toNanos() - System.nanoTime());
  }

  private void writeAfter(long nanos) {
    if (later != null) {
      later.cancel(false);
    }
    later = timer.schedule(this::write, Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  /** Writes it now. */
  public synchronized void write() {
    writtenNanos = System.nanoTime();
    Status status = latest;
    if (status != null) {
      Instant now = clock.instant();
      try {
        file.write(figures.text(status, oldest.apply(now), now));
        fault = null;
      } catch (ProblemException e) {
        complain(e.getMessage() + "; Fix: " + e.fix());
      } catch (IOException e) {
        complain("cannot write the metrics: " + e);
      } catch (RuntimeException bug) {
        LOG.error("cannot write the metrics", bug);
      }
      writeAfter(HEARTBEAT.toNanos());
    }
  }

  /** The same fault is told once, not every second. */
  private void complain(String observed) {
    if (!observed.equals(fault)) {
      LOG.warn("{}", observed);
    }
    fault = observed;
  }
}
