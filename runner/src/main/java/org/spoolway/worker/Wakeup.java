package org.spoolway.worker;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.schema.Status;

/**
 * Says when a scan is due: soon after something was dropped, and otherwise now and then. Events
 * only lower the latency; whatever the watcher says or fails to say, the answer is one full scan.
 */
final class Wakeup implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Wakeup.class);

  /** With events, the scan that finds what they missed. */
  private static final Duration WITH_EVENTS = Duration.ofSeconds(5);

  /** Without events, the only way to learn of a request. */
  private static final Duration WITHOUT_EVENTS = Duration.ofMillis(500);

  private final List<Path> inboxes;
  private @Nullable WatchService watcher;
  private Status.Watch mode;

  private Wakeup(List<Path> inboxes, @Nullable WatchService watcher, Status.Watch mode) {
    this.inboxes = inboxes;
    this.watcher = watcher;
    this.mode = mode;
  }

  /**
   * Watches the inboxes, or falls back to polling where that cannot be had. Register first, then
   * scan.
   */
  static Wakeup watching(List<Path> inboxes) {
    WatchService watcher = null;
    try {
      watcher = inboxes.get(0).getFileSystem().newWatchService();
      for (Path inbox : inboxes) {
        inbox.register(
            watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      }
      return new Wakeup(
          inboxes, watcher, new Status.Watch("events", "the kernel reports new files"));
    } catch (IOException e) {
      closeQuietly(watcher);
      LOG.warn(
          "cannot watch the inboxes: {}; polling every {} ms instead",
          e.toString(),
          WITHOUT_EVENTS.toMillis());
      return new Wakeup(
          inboxes, null, new Status.Watch("polling", "cannot watch: " + e.getMessage()));
    }
  }

  /** Never watches. */
  static Wakeup polling(List<Path> inboxes, String why) {
    return new Wakeup(inboxes, null, new Status.Watch("polling", why));
  }

  /** Which mode is live, and why. */
  synchronized Status.Watch mode() {
    return mode;
  }

  /**
   * Waits until a scan is due.
   *
   * @param sooner the longest wait, when something else is due before; or null
   */
  void await(@Nullable Duration sooner) throws InterruptedException {
    Duration longest = watcher == null ? WITHOUT_EVENTS : WITH_EVENTS;
    Duration wait = sooner != null && sooner.compareTo(longest) < 0 ? sooner : longest;
    if (watcher == null) {
      pause(wait);
      return;
    }
    WatchKey key = watcher.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
    while (key != null) {
      while (!key.pollEvents().isEmpty()) {
        LOG.trace("events of {}", key.watchable());
      }
      if (!key.reset()) {
        fallBack("an inbox was removed");
        return;
      }
      key = watcher.poll();
    }
  }

  private synchronized void pause(Duration time) throws InterruptedException {
    if (closed) {
      throw new ClosedWatchServiceException();
    }
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    if (closed) {
      throw new ClosedWatchServiceException();
    }
  }

  private boolean closed;

  private synchronized void fallBack(String why) {
    closeQuietly(watcher);
    watcher = null;
    mode = new Status.Watch("polling", why);
    LOG.warn("{}; polling {} from now on", why, inboxes);
  }

  private static void closeQuietly(@Nullable WatchService watcher) {
    if (watcher != null) {
      try {
        watcher.close();
      } catch (IOException e) {
        LOG.debug("closing a watcher", e);
      }
    }
  }

  /** Ends a wait at once, and every later one, with {@link ClosedWatchServiceException}. */
  @Override
  public void close() throws IOException {
    WatchService open;
    synchronized (this) {
      closed = true;
      open = watcher;
      notifyAll();
    }
    if (open != null) {
      open.close();
    }
  }
}
