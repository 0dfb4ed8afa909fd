package org.spoolway.host.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.spoolway.host.Output;

/** Carries what a process prints to where it belongs, as it comes, on a thread of its own. */
final class OutputDrain implements Runnable {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final Process process;
  private final Output output;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private boolean open = true;

  private OutputDrain(Process process, Output output) {
    this.process = process;
    this.output = output;
  }

  /** Begins at once. */
  static OutputDrain start(Process process, Output output) {
    OutputDrain drain = new OutputDrain(process, output);
    Thread thread = new Thread(drain, "output of process " + process.pid());
    thread.setDaemon(true);
    thread.start();
    return drain;
  }

  /**
   * Waits until all of it is written, and writes nothing more afterwards: whoever escaped the
   * killing may hold the pipe for ever.
   */
  void finish(Duration patience) {
    done.completeOnTimeout(null, patience.toNanos(), TimeUnit.NANOSECONDS).join();
    synchronized (this) {
      open = false;
    }
  }

  @Override
  public void run() {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream printed = process.getInputStream()) {
      for (int n = printed.read(buffer); n >= 0; n = printed.read(buffer)) {
        write(buffer, n);
      }
      done.complete(null);
    } catch (IOException e) {
      write("\nspoolway: cannot read the rest of its output: " + e.getMessage() + "\n");
      done.complete(null);
    } catch (RuntimeException e) {
      // An output that fails is our bug; the process must not hang on a full pipe for it.
      done.completeExceptionally(e);
      process.destroyForcibly();
    }
  }

  /** Adds a line of the runner's own. */
  void write(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    write(bytes, bytes.length);
  }

  private synchronized void write(byte[] bytes, int length) {
    if (open) {
      output.write(bytes, 0, length);
    }
  }
}
