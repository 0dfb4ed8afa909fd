package org.spoolway.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A hint that something in a directory may have changed. Hints get lost (the directory is not there
 * yet, or was replaced; the host has no more watches), so whoever waits here looks for itself after
 * each wait.
 */
final class DirectoryEvents implements Closeable {

  private final Path directory;
  private final @Nullable WatchService watch;
  private @Nullable WatchKey key;

  /** Starts watching at once, as far as it is possible: look at the directory only afterwards. */
  DirectoryEvents(Path directory) {
    this.directory = directory;
    this.watch = open(directory);
    register();
  }

  /** Returns when there may be something new, or when the time is over. */
  void await(long nanoseconds) throws InterruptedException {
    if (watch == null) {
      LockSupport.parkNanos(this, nanoseconds);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return;
    }
    if (key == null && register()) {
      return;
    }
    WatchKey signalled = watch.poll(nanoseconds, TimeUnit.NANOSECONDS);
    if (signalled != null) {
      signalled.pollEvents();
      if (!signalled.reset()) {
        key = null;
      }
    }
  }

  private static @Nullable WatchService open(Path directory) {
    try {
      return directory.getFileSystem().newWatchService();
    } catch (IOException | UnsupportedOperationException pollingOnly) {
      return null;
    }
  }

  private boolean register() {
    if (watch == null) {
      return false;
    }
    try {
      key =
          directory.register(
              watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (watch != null) {
      watch.close();
    }
  }
}
