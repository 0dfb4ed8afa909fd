package org.spoolway.host.sqlite;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Says now and then, between a question and the first byte of its answer, that the answer is worked
 * on, for as long as it is. A large database takes long to copy and to check.
 */
final class Beats extends FilterOutputStream {

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "beats");
            thread.setDaemon(true);
            return thread;
          });
  private final Future<?> beating;
  private final BooleanSupplier activity;
  private boolean working;

  /**
   * Beats among answers.
   *
   * @param between the time from one to the next
   * @param activity whether whoever answers has got anywhere since this was asked last
   */
  Beats(OutputStream answers, Duration between, BooleanSupplier activity) {
    super(answers);
    this.activity = activity;
    long millis = between.toMillis();
    beating = timer.scheduleWithFixedDelay(this::beat, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** A question has come. */
  synchronized void begin() {
    working = true;
  }

  private synchronized void beat() {
    if (working && activity.getAsBoolean()) {
      try {
        out.write(Wire.WORKING);
        out.flush();
      } catch (IOException nobodyListens) {
        // Whoever works on the answer finds that out too, and ends.
        working = false;
      }
    }
  }

  @Override
  public synchronized void write(int one) throws IOException {
    working = false;
    out.write(one);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    working = false;
    out.write(bytes, offset, length);
  }

  @Override
  public synchronized void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    beating.cancel(false);
    timer.shutdown();
    super.close();
  }
}
