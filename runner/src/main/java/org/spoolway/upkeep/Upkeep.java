package org.spoolway.upkeep;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.Deployment;
import org.spoolway.layout.SpoolDir;

/**
 * Keeps a spool from growing without end. Works now and then on a thread of its own, which nothing
 * waits for: going through a million files takes seconds.
 */
public final class Upkeep implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  /** A start has enough to do. */
  private static final Duration FIRST = Duration.ofSeconds(10);

  static final Duration PAUSE = Duration.ofMinutes(10);

  /** Whoever asked must be able to read the answer, however many others there are. */
  private static final Duration RESULTS_STAY = Duration.ofDays(1);

  /** Whose files lie in a directory. */
  private enum Owner {
    /** The age of a file is that of its content. */
    RUNNER("lastModifiedTime"),
    /** He can set that one, but not when the inode last changed. */
    WRITER("ctime");

    private final String age;

    Owner(String age) {
      this.age = age;
    }

    /** What a writer has in a file is his own, and may be of any length without being there. */
    private long counted(Candidate file) {
      return Budget.onDisk(this == RUNNER ? file.bytes() : 1);
    }
  }

  private final Deployment deployment;
  private final SpoolDir spool;
  private final BiPredicate<String, String> open;
  private final Clock clock;
  private final Budget budget;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Upkeep::daemon);
  private @Nullable Future<?> looks;

  /**
   * The upkeep of one deployment's spool.
   *
   * @param open whether a request, given by its origin and id, has not ended: nothing of it goes
   * @param budget is told what stays
   */
  public Upkeep(
      Deployment deployment,
      SpoolDir spool,
      BiPredicate<String, String> open,
      Clock clock,
      Budget budget) {
    this.deployment = deployment;
    this.spool = spool;
    this.open = open;
    this.clock = clock;
    this.budget = budget;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "upkeep");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to look: soon, so that it is known what is used, and then now and then. */
  public void start() {
    looks =
        thread.scheduleWithFixedDelay(
            this::sweepOrTell, FIRST.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Looks no more; a look that has begun ends by itself, with the process at the latest. */
  @Override
  public void close() {
    if (looks != null) {
      looks.cancel(false);
    }
    thread.shutdown();
  }

  private void sweepOrTell() {
    try {
      sweep();
    } catch (IOException | RuntimeException e) {
      LOG.warn("cannot clear up {}: {}; trying again", spool.path(), e.toString());
    }
  }

  /** Looks once, and removes what is to go. */
  void sweep() throws IOException {
    for (String origin : deployment.origins().keySet()) {
      long before = budget.used(origin);
      long results = sweep(origin, spool.results(origin), Owner.RUNNER, RESULTS_STAY);
      long logs = sweep(origin, spool.logs(origin), Owner.RUNNER, Duration.ZERO);
      long rejected = sweep(origin, spool.rejected(origin), Owner.WRITER, Duration.ZERO);
      budget.found(origin, before, results + logs + rejected);
    }
  }

  /** Clears up one directory, and says how many bytes of those that count are left in it. */
  private long sweep(String origin, Path directory, Owner owner, Duration stay) throws IOException {
    Instant now = clock.instant();
    Threshold threshold = new Threshold(deployment.keep());
    forEach(directory, owner.age, file -> threshold.add(file.changed(), owner.counted(file)));
    Instant from = threshold.from(now);
    Instant kept = now.minus(stay);
    Tally tally = new Tally();
    forEach(
        directory,
        owner.age,
        file -> {
          if (file.changed().isBefore(from)
              && !file.changed().isAfter(kept)
              && !open.test(origin, id(file.path()))) {
            tally.remove(file, owner);
          } else {
            tally.bytes += owner.counted(file);
          }
        });
    if (tally.removed > 0 || tally.left > 0) {
      LOG.info("removed {} of {}, left {}", tally.removed, directory, tally.left);
    }
    return tally.bytes;
  }

  /** The id in a file's name; a hidden one is what a write that was cut short has left. */
  private static String id(Path path) {
    return path.getFileName().toString().replaceFirst("\\.(json|log)$", "");
  }

  /**
   * A file that may have to go.
   *
   * @param changed since when it counts as kept
   */
  private record Candidate(Path path, Instant changed, long bytes) {

    static Candidate at(Path path, String age) throws IOException {
      Map<String, Object> unix =
          Files.readAttributes(path, "unix:size," + age, LinkOption.NOFOLLOW_LINKS);
      FileTime changed = (FileTime) Objects.requireNonNull(unix.get(age));
      return new Candidate(
          path, changed.toInstant(), (Long) Objects.requireNonNull(unix.get("size")));
    }
  }

  private interface Visit {
    void file(Candidate file) throws IOException;
  }

  private static void forEach(Path directory, String age, Visit visit) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path path : files) {
        try {
          visit.file(Candidate.at(path, age));
        } catch (NoSuchFileException replacedMeanwhile) {
          LOG.trace("{} is gone", path);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static final class Tally {
    private int removed;
    private int left;
    private long bytes;

    /**
     * What was refused may be a directory full of what its writer could move but not remove; to
     * remove that for him would be more than he may.
     */
    private void remove(Candidate file, Owner owner) throws IOException {
      try {
        Files.delete(file.path());
        removed++;
      } catch (DirectoryNotEmptyException full) {
        left++;
        bytes += owner.counted(file);
      } catch (FileSystemException e) {
        LOG.warn("cannot remove {}: {}", file.path(), e.toString());
        left++;
        bytes += owner.counted(file);
      }
    }
  }
}
