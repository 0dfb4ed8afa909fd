package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.spoolway.deployment.Deployment;
import org.spoolway.durable.FreeBytes;
import org.spoolway.schema.Status;

/**
 * How much room must be left for anything to be claimed: a request that is taken from its inbox
 * must be able to end. Whoever may not ask for everything stops at twice the floor, so that what
 * comes of his flood leaves room for those who look after the host.
 */
final class SpaceFloor {

  /** Counting costs two milliseconds, and as much again for each file system. */
  private static final Duration STALE = Duration.ofSeconds(2);

  /** Where nothing is taken in, others may still use the disk up. */
  private static final Duration STALE_WHEN_IDLE = Duration.ofMinutes(1);

  private final Deployment deployment;
  private final List<Path> directories;
  private final ToLongFunction<Path> inodes;
  private final Map<Path, Long> freeInodes = new ConcurrentHashMap<>();
  private long lookedNanos = System.nanoTime() - STALE_WHEN_IDLE.toNanos();

  /**
   * A floor under some directories.
   *
   * @param directories whose file systems must have the room
   */
  SpaceFloor(Deployment deployment, List<Path> directories, ToLongFunction<Path> inodes) {
    this.deployment = deployment;
    this.directories = directories;
    this.inodes = inodes;
  }

  /**
   * Counts the inodes that are left. That takes a while, so it is done when everything that waited
   * has been taken in, and not each time.
   *
   * @param idle whether nothing was taken in, and nothing could not be for want of room
   */
  void look(boolean idle) throws IOException {
    Duration stale = idle ? STALE_WHEN_IDLE : STALE;
    if (System.nanoTime() - lookedNanos < stale.toNanos()) {
      return;
    }
    lookAnew();
  }

  /** Counts the inodes that are left, whenever that was done last. */
  void lookAnew() throws IOException {
    Map<Object, Long> byDevice = new HashMap<>();
    for (Path directory : directories) {
      Object device = Files.getAttribute(directory, "unix:dev");
      long free = byDevice.computeIfAbsent(device, any -> inodes.applyAsLong(directory));
      freeInodes.put(directory, free);
    }
    lookedNanos = System.nanoTime();
  }

  /** Why nothing of an origin's may be claimed, or empty when it may. */
  Optional<Status.Unserved> shortage(String origin, Deployment.Origin settings) throws IOException {
    int share = settings.mayEverything() ? 1 : 2;
    for (Path directory : directories) {
      long bytes = FreeBytes.of(directory);
      long wantedBytes = deployment.floor().bytes() * share;
      if (bytes < wantedBytes) {
        String left = (bytes >> 10) + " of " + (wantedBytes >> 10) + " KiB are";
        return Optional.of(shortage(origin, left, "bytes", directory));
      }
      long files = freeInodes.getOrDefault(directory, Long.MAX_VALUE);
      long wantedFiles = (long) deployment.floor().inodes() * share;
      if (files < wantedFiles) {
        String left = files + " of " + wantedFiles + " inodes are";
        return Optional.of(shortage(origin, left, "inodes", directory));
      }
    }
    return Optional.empty();
  }

  private static Status.Unserved shortage(String origin, String left, String key, Path directory) {
    return new Status.Unserved(
        "cannot serve " + origin + ": only " + left + " free in " + directory,
        "Free space there, or lower `floor." + key + "` in the deployment file.");
  }
}
