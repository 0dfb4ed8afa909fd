package org.spoolway.worker;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.engine.Engine;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.StepProgress;
import org.spoolway.lifecycle.StepState;
import org.spoolway.spool.QueuedJob;

/**
 * Tells how the job in hand stands: its start soon, what follows at most every tenth of a second,
 * and never late by more than that. A job of many quick steps must not spend its time on telling.
 * That it cannot be told must not stop a job.
 */
final class LiveResult implements Engine.Listener, Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveResult.class);
  private static final long PAUSE_MILLIS = 100;

  /** Many a job has ended before anybody could read that it runs. */
  private static final long FIRST_MILLIS = 25;

  private final QueuedJob job;
  private final Desk desk;
  private final ScheduledExecutorService timer;
  private @Nullable JobProgress latest;
  private ResultReport.@Nullable Live live;
  private long toldNanos =
      System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS - FIRST_MILLIS);
  private @Nullable Future<?> pending;
  private boolean closed;

  LiveResult(QueuedJob job, Desk desk, ScheduledExecutorService timer) {
    this.job = job;
    this.desk = desk;
    this.timer = timer;
  }

  @Override
  public void onProgress(JobProgress progress) {
    changed(progress, stepInHand(progress));
  }

  @Override
  public void onStepProgress(
      JobProgress progress, String step, @Nullable Double fraction, String detail) {
    changed(progress, new ResultReport.Live(step, fraction, detail));
  }

  private static ResultReport.@Nullable Live stepInHand(JobProgress progress) {
    return progress.steps().stream()
        .filter(s -> s.state() == StepState.RUNNING || s.state() == StepState.UNDOING)
        .map(LiveResult::live)
        .findFirst()
        .orElse(null);
  }

  private static ResultReport.Live live(StepProgress step) {
    return new ResultReport.Live(step.name(), null, step.detail() == null ? "" : step.detail());
  }

  private synchronized void changed(JobProgress progress, ResultReport.@Nullable Live now) {
    latest = progress;
    live = now;
    long sinceMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - toldNanos);
    if (sinceMillis >= PAUSE_MILLIS) {
      tell();
    } else if (pending == null) {
      pending =
          timer.schedule(this::tellWhatIsNew, PAUSE_MILLIS - sinceMillis, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void tellWhatIsNew() {
    pending = null;
    tell();
  }

  private void tell() {
    if (closed || latest == null || latest.ended() || latest.undoFailure() != null) {
      return;
    }
    toldNanos = System.nanoTime();
    try {
      desk.tellRunning(job, latest, live);
    } catch (IOException e) {
      LOG.warn("cannot tell how {} stands: {}", job.accepted().id(), e.toString());
    } catch (RuntimeException bug) {
      LOG.error("cannot tell how {} stands", job.accepted().id(), bug);
    }
  }

  /**
   * From here on nothing is told any more, so that the end, which others tell, is never
   * overwritten.
   */
  @Override
  public synchronized void close() {
    closed = true;
    if (pending != null) {
      pending.cancel(false);
    }
  }
}
