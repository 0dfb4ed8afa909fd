package org.spoolway.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 * Reads claimed files without ever waiting for their writers. Whoever holds a lease on a file of
 * his own makes every open of it wait for up to 45 seconds ({@code F_SETLEASE} in {@code fcntl(2)},
 * {@code /proc/sys/fs/lease-break-time}), and Java cannot open without waiting. So threads of the
 * origin's own do the waiting; and once some of them do, files under a lease are not opened at all.
 */
final class ClaimReader {

  private static final Path LOCKS = Path.of("/proc/locks");

  /** Longer than the slowest disk takes for one small file. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private static final int THREADS = 64;

  /** With so many threads waiting, leases are looked for first; that takes the kernel 10 ms. */
  private static final int CAREFUL = 2;

  private static final Duration LEASES_STALE = Duration.ofMillis(200);

  private final Map<String, ThreadPoolExecutor> readers = new ConcurrentHashMap<>();
  private final Map<Path, Future<byte[]>> pending = new ConcurrentHashMap<>();
  private List<String> leases = List.of();
  private long leasesNanos = System.nanoTime() - LEASES_STALE.toNanos();

  /** What came of it. */
  sealed interface Reading {
    /** The first bytes of the file, one more than a request may have. */
    @SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
    record Read(byte[] content) implements Reading {}

    /** It was not read in time; as a rule its writer holds a lease on it. */
    record Kept() implements Reading {}

    /** Others of its origin keep all readers waiting; it is not to blame. */
    record Later() implements Reading {}
  }

  /**
   * Reads a regular file in a directory that nobody else can change.
   *
   * @param inode which file it is, as {@code /proc/locks} spells it
   */
  Reading read(String origin, Path file, String inode) throws IOException {
    Future<byte[]> begun = pending.get(file);
    if (begun == null && waiting(origin) >= CAREFUL && isLeased(inode)) {
      return new Reading.Kept();
    }
    try {
      Future<byte[]> reading = begun == null ? begin(origin, file) : begun;
      byte[] content = reading.get(begun == null ? PATIENCE.toNanos() : 0, TimeUnit.NANOSECONDS);
      pending.remove(file);
      return new Reading.Read(content);
    } catch (RejectedExecutionException allWait) {
      return new Reading.Later();
    } catch (TimeoutException waits) {
      return new Reading.Kept();
    } catch (ExecutionException e) {
      pending.remove(file);
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException("a thread that takes requests in is never interrupted", e);
    }
  }

  /** A claim is no longer looked at; whoever still waits for it ends by himself. */
  void forget(Path file) {
    pending.remove(file);
  }

  private Future<byte[]> begin(String origin, Path file) {
    FutureTask<byte[]> task = new FutureTask<>(() -> content(file));
    readers.computeIfAbsent(origin, ClaimReader::threads).execute(task);
    pending.put(file, task);
    return task;
  }

  private static ThreadPoolExecutor threads(String origin) {
    return new ThreadPoolExecutor(
        0,
        THREADS,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "reader-" + origin);
          thread.setDaemon(true);
          return thread;
        });
  }

  private static byte[] content(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(Request.MAX_BYTES + 1);
    }
  }

  private int waiting(String origin) {
    ThreadPoolExecutor threads = readers.get(origin);
    return threads == null ? 0 : threads.getActiveCount();
  }

  private boolean isLeased(String inode) throws IOException {
    if (System.nanoTime() - leasesNanos >= LEASES_STALE.toNanos()) {
      List<String> locks = Files.exists(LOCKS) ? Files.readAllLines(LOCKS) : List.of();
      leases = locks.stream().filter(lock -> lock.contains(" LEASE ")).toList();
      leasesNanos = System.nanoTime();
    }
    return leases.stream().anyMatch(lease -> lease.contains(inode));
  }

  /** A file as {@code /proc/locks} names it, between blanks: hexadecimal device, decimal inode. */
  static String inode(long device, long inode) {
    long major = ((device >> 8) & 0xfff) | ((device >> 32) & ~0xfffL);
    long minor = (device & 0xff) | ((device >> 12) & ~0xffL);
    return " " + hex(major) + ":" + hex(minor) + ":" + inode + " ";
  }

  private static String hex(long number) {
    return (number < 0x10 ? "0" : "") + Long.toHexString(number);
  }
}
