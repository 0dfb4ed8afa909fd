package org.spoolway.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.spoolway.schema.Request;

/**
 * Reads claimed files without ever waiting long for their writers. Whoever holds a lease on a file
 * of his own makes every open of it wait for up to 45 seconds ({@code F_SETLEASE} in {@code
 * fcntl(2)}, {@code /proc/sys/fs/lease-break-time}), and Java cannot open without waiting. So
 * threads of the origin's own do that, and an origin that keeps them waiting soon has no patience
 * left. For one thread at a time.
 */
final class ClaimReader {

  /** Longer than a slow disk takes for one small file, and what an origin has for all of them. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  /** In so much time it has that once; a busy machine needs some of it for honest writers. */
  private static final Duration MEMORY = Duration.ofSeconds(1);

  /** Longer than any disk takes for what it has in memory, as it has what was just written. */
  private static final Duration WITHOUT_PATIENCE = Duration.ofMillis(5);

  /** So many files of an origin may be kept before the rest of its own have to wait. */
  private static final int THREADS = 64;

  private final Map<String, Readers> origins = new HashMap<>();
  private final Map<Path, Future<byte[]>> pending = new HashMap<>();

  /** What came of it. */
  sealed interface Reading {
    /** The first bytes of the file, one more than a request may have. */
    @SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
    record Read(byte[] content) implements Reading {}

    /** It was not read in time; as a rule its writer holds a lease on it. */
    record TimedOut() implements Reading {}

    /** Others of its origin keep all readers waiting; it is not to blame. */
    record Busy() implements Reading {}
  }

  /** An origin's threads, and for how long they made others wait. */
  private static final class Readers {
    private final ThreadPoolExecutor threads;
    private long waitedNanos;
    private long sinceNanos = System.nanoTime();

    Readers(String origin) {
      threads =
          new ThreadPoolExecutor(
              0,
              THREADS,
              10,
              TimeUnit.SECONDS,
              new SynchronousQueue<>(),
              work -> daemon(origin, work));
    }

    private static Thread daemon(String origin, Runnable work) {
      Thread thread = new Thread(work, "reader-" + origin);
      thread.setDaemon(true);
      return thread;
    }

    Duration patience() {
      if (System.nanoTime() - sinceNanos >= MEMORY.toNanos()) {
        waitedNanos = 0;
        sinceNanos = System.nanoTime();
      }
      Duration left = PATIENCE.minusNanos(waitedNanos);
      return left.compareTo(WITHOUT_PATIENCE) > 0 ? left : WITHOUT_PATIENCE;
    }
  }

  /** Reads a regular file in a directory that nobody else can change. */
  Reading read(String origin, Path file) throws IOException {
    Future<byte[]> begun = pending.get(file);
    Readers readers = origins.computeIfAbsent(origin, Readers::new);
    Duration patience = begun == null ? readers.patience() : Duration.ZERO;
    long before = System.nanoTime();
    try {
      Future<byte[]> reading = begun == null ? begin(readers, file) : begun;
      byte[] content = reading.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      pending.remove(file);
      return new Reading.Read(content);
    } catch (RejectedExecutionException allWait) {
      return new Reading.Busy();
    } catch (TimeoutException keptWaiting) {
      return new Reading.TimedOut();
    } catch (ExecutionException e) {
      pending.remove(file);
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException("a thread that takes requests in is never interrupted", e);
    } finally {
      long waited = System.nanoTime() - before;
      readers.waitedNanos += waited > WITHOUT_PATIENCE.toNanos() ? waited : 0;
    }
  }

  /** A claim is no longer looked at; whoever still waits for it ends by himself. */
  void forget(Path file) {
    pending.remove(file);
  }

  private Future<byte[]> begin(Readers readers, Path file) {
    FutureTask<byte[]> task = new FutureTask<>(() -> content(file));
    try {
      readers.threads.execute(task);
    } catch (OutOfMemoryError noThread) {
      throw new RejectedExecutionException("the system has no thread to give", noThread);
    }
    pending.put(file, task);
    return task;
  }

  private static byte[] content(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(Request.MAX_BYTES + 1);
    }
  }
}
