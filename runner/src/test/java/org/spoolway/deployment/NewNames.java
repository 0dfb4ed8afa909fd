package org.spoolway.deployment;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The names that come up in a directory, also for an instant only. */
public final class NewNames implements AutoCloseable {

  private static final String LAST = "the last name";

  private final Path directory;
  private final WatchService watch;

  /** Looks from now on. */
  public NewNames(Path directory) throws IOException {
    this.directory = directory;
    this.watch = directory.getFileSystem().newWatchService();
    directory.register(watch, ENTRY_CREATE);
  }

  /** Those that came up since, in order. */
  public List<String> seen() throws IOException, InterruptedException {
    Files.delete(Files.createFile(directory.resolve(LAST)));
    List<String> names = new ArrayList<>();
    while (!names.contains(LAST)) {
      WatchKey key = watch.poll(10, TimeUnit.SECONDS);
      if (key == null) {
        throw new AssertionError("the kernel tells nothing of " + directory);
      }
      key.pollEvents().forEach(event -> names.add(String.valueOf(event.context())));
      key.reset();
    }
    names.remove(LAST);
    return names;
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }
}
