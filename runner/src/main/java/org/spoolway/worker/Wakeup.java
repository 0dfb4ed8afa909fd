package org.spoolway.worker;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.Deployment;
import org.spoolway.layout.SpoolDir;
import org.spoolway.schema.Status;

/**
 * Says when a scan is due: soon after something was dropped, and otherwise now and then. Events
 * only lower the latency; whatever the watcher says or fails to say, the answer is one full scan.
 * One thread waits; any may close.
 */
final class Wakeup implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Wakeup.class);

  /** With events, the scan that finds what they missed. */
  private static final Duration WITH_EVENTS = Duration.ofSeconds(5);

  /** Without events, the only way to learn of a request. */
  private static final Duration WITHOUT_EVENTS = Duration.ofMillis(500);

  /**
   * File systems whose files may be made where this kernel does not see it. {@code fuseblk} is not
   * among them: it is a local disk.
   */
  private static final Pattern SHARED =
      Pattern.compile("nfs4?|cifs|smb3?|smbfs|9p|virtiofs|vboxsf|ceph|lustre|afs|fuse(\\..*)?");

  private final List<Path> inboxes;
  private final boolean wanted;
  private final Map<Path, Object> watched = new HashMap<>();
  private @Nullable WatchService watcher;
  private Status.Watch mode;
  private boolean closed;

  private Wakeup(List<Path> inboxes, boolean wanted, Status.Watch mode) {
    this.inboxes = inboxes;
    this.wanted = wanted;
    this.mode = mode;
  }

  /** Of the inboxes of a deployment, by the kernel's events where they are wanted. */
  static Wakeup of(Deployment deployment, SpoolDir spool, Worker.Watch watch) {
    List<Path> inboxes = deployment.origins().keySet().stream().map(spool::inbox).toList();
    return watch == Worker.Watch.OFF
        ? polling(inboxes, "switched off by --watch=off")
        : watching(inboxes);
  }

  /** Watches the inboxes, and polls while that cannot be had. */
  static Wakeup watching(List<Path> inboxes) {
    Wakeup wakeup = new Wakeup(inboxes, true, polls("starting"));
    wakeup.arm();
    return wakeup;
  }

  /** Never watches. */
  static Wakeup polling(List<Path> inboxes, String why) {
    return new Wakeup(inboxes, false, polls(why));
  }

  private static Status.Watch polls(String why) {
    return new Status.Watch("polling", why);
  }

  /** Which mode is live, and why. */
  synchronized Status.Watch mode() {
    return mode;
  }

  /**
   * Waits until a scan is due. Where events were lost with an inbox, they are asked for again each
   * time.
   *
   * @param sooner the longest wait, when something else is due before; or null
   * @throws ClosedWatchServiceException when this is closed, before or meanwhile
   */
  void await(@Nullable Duration sooner) throws InterruptedException {
    WatchService events = open();
    Duration longest = events == null ? WITHOUT_EVENTS : WITH_EVENTS;
    Duration wait = sooner != null && sooner.compareTo(longest) < 0 ? sooner : longest;
    if (events == null) {
      pause(wait);
      arm();
      open();
      return;
    }
    Optional<Path> replaced = replaced();
    if (replaced.isPresent()) {
      disarm("the inbox " + replaced.get() + " was replaced");
      arm();
      return;
    }
    long end = System.nanoTime() + wait.toNanos();
    boolean due = false;
    while (!due) {
      WatchKey key = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      due = key == null;
      while (key != null) {
        due |= key.pollEvents().stream().anyMatch(Wakeup::mayBeRequest);
        if (!key.reset()) {
          disarm("the inbox " + key.watchable() + " was removed");
          return;
        }
        key = events.poll();
      }
    }
  }

  /** Names that begin with a dot are unfinished files, which come before each request. */
  private static boolean mayBeRequest(WatchEvent<?> event) {
    return !(event.context() instanceof Path name) || !name.toString().startsWith(".");
  }

  /**
   * An inbox that is no longer the directory that is watched: a watch stays with its directory when
   * that is renamed, and says nothing of it.
   */
  private synchronized Optional<Path> replaced() {
    return watched.entrySet().stream()
        .filter(entry -> !key(entry.getKey()).equals(Optional.of(entry.getValue())))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Optional<Object> key(Path inbox) {
    try {
      return Optional.ofNullable(
          Files.readAttributes(inbox, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private synchronized @Nullable WatchService open() {
    if (closed) {
      throw new ClosedWatchServiceException();
    }
    return watcher;
  }

  private synchronized void pause(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }

  /** Register first, then scan: what comes in between is seen twice, never missed. */
  private synchronized void arm() {
    if (!wanted || closed) {
      return;
    }
    for (Path inbox : inboxes) {
      String type = type(inbox);
      if (SHARED.matcher(type).matches()) {
        becomePolling(inbox + " is on " + type + ", where not every new file is reported");
        return;
      }
    }
    WatchService fresh = null;
    try {
      fresh = inboxes.get(0).getFileSystem().newWatchService();
      watched.clear();
      for (Path inbox : inboxes) {
        // Taken before it is watched, so that one which is replaced in between is noticed.
        key(inbox).ifPresent(key -> watched.put(inbox, key));
        inbox.register(
            fresh, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      }
      watcher = fresh;
      mode = new Status.Watch("events", "the kernel reports new files");
      LOG.debug("watching {}", inboxes);
    } catch (IOException e) {
      closeQuietly(fresh);
      becomePolling("cannot watch: " + e);
    }
  }

  /** Empty where it cannot be told, as in a chroot, whose root is in no table of mounts. */
  private static String type(Path inbox) {
    try {
      return Files.getFileStore(inbox).type();
    } catch (IOException unknown) {
      return "";
    }
  }

  private synchronized void disarm(String why) {
    closeQuietly(watcher);
    watcher = null;
    becomePolling(why);
  }

  private void becomePolling(String why) {
    if (!mode.why().equals(why)) {
      LOG.warn("{}; polling every {} ms until it can be watched", why, WITHOUT_EVENTS.toMillis());
      mode = polls(why);
    }
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
