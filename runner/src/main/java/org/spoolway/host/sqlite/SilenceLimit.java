package org.spoolway.host.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Streams to and from a process that may stop at any time, or have others keep its pipes open after
 * its end. They are read and written on a thread of their own, since nothing else gets out of that.
 */
final class SilenceLimit implements AutoCloseable {

  private final Duration limit;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "delegate-pipes");
            thread.setDaemon(true);
            return thread;
          });
  private boolean isOver;

  /** No read and no write takes longer than this. */
  SilenceLimit(Duration limit) {
    this.limit = limit;
  }

  @FunctionalInterface
  private interface Work {
    int run() throws IOException;
  }

  /** What a process prints; a read ends with the first bytes that come. */
  InputStream on(InputStream answers) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return within(() -> answers.read(bytes, offset, length));
      }
    };
  }

  /** What a process reads. */
  OutputStream on(OutputStream questions) {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        within(
            () -> {
              questions.write(bytes, offset, length);
              questions.flush();
              return length;
            });
      }
    };
  }

  /** Once it was silent for too long, nobody waits for it again. */
  private int within(Work work) throws IOException {
    if (isOver) {
      throw silent();
    }
    Future<Integer> done = thread.submit(work::run);
    try {
      return done.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      isOver = true;
      throw silent();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
  }

  private IOException silent() {
    return new IOException(
        "the process that works as the application's user has said nothing for "
            + limit.toSeconds()
            + " s");
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
