package org.spoolway.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.DurableFiles;
import org.spoolway.layout.SpoolDir;
import org.spoolway.metrics.MetricsFile;
import org.spoolway.outbox.Notices;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Status;
import org.spoolway.schema.Status.Health;
import org.spoolway.schema.Status.HealthState;
import org.spoolway.schema.Version;
import org.spoolway.spool.JobQueue;
import org.spoolway.step.Site;

/** Keeps {@code status.json} true. Safe for several threads; writing it never fails a job. */
final class StatusBoard {

  private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);
  private static final long QUIET_NANOS = Duration.ofMillis(100).toNanos();

  /** What somebody waits for comes first. */
  private static final long SOON_NANOS = Duration.ofMillis(10).toNanos();

  private final Site site;
  private final SpoolDir spool;
  private final JobQueue queue;
  private final ScheduledExecutorService timer;
  private final Holdings holdings;
  private final Notices notices;
  private final @Nullable MetricsFile metrics;
  private Status.Runner runner;
  private Status.Watch watch = new Status.Watch("polling", "starting");
  private Map<String, Integer> ignored = new TreeMap<>();
  private Map<String, Status.Unserved> unserved = new TreeMap<>();
  private Health health = new Health(HealthState.UNKNOWN, "nobody has looked yet", null);
  private Status.@Nullable Running running;
  private Status.@Nullable Last last;
  private Status.@Nullable Auto auto;
  private long shownNanos = System.nanoTime() - QUIET_NANOS;
  private @Nullable Future<?> later;
  private boolean paused;
  private volatile @Nullable String doing;

  StatusBoard(
      Site site,
      SpoolDir spool,
      JobQueue queue,
      ScheduledExecutorService timer,
      Status.Runner runner,
      Notices notices,
      @Nullable MetricsFile metrics) {
    this.site = site;
    this.spool = spool;
    this.queue = queue;
    this.timer = timer;
    this.runner = runner;
    this.notices = notices;
    this.metrics = metrics;
    Optional<Status> before = before();
    this.last = before.map(Status::last).orElse(null);
    this.holdings = new Holdings(site, before.map(Status::releases).orElse(List.of()));
  }

  /** What an earlier runner had told; only the last outcome and what it measured are still true. */
  private Optional<Status> before() {
    try {
      return Optional.of(SchemaJson.status(Files.readAllBytes(spool.status())));
    } catch (IOException | SchemaJson.Malformed none) {
      return Optional.empty();
    }
  }

  synchronized void watching(Status.Watch how) {
    boolean news = !watch.equals(how);
    watch = how;
    if (news) {
      show();
    }
  }

  synchronized void scanned(
      Map<String, Integer> ignoredByOrigin, Map<String, Status.Unserved> unservedOrigins) {
    if (!ignored.equals(ignoredByOrigin) || !unserved.equals(unservedOrigins)) {
      ignored = new TreeMap<>(ignoredByOrigin);
      unserved = new TreeMap<>(unservedOrigins);
      showSoon();
    }
  }

  synchronized void healthIs(HealthState state, String detail, Instant at) {
    boolean news = health.state() != state || !health.detail().equals(detail);
    health = new Health(state, detail, at);
    if (news) {
      show();
    }
  }

  /** Tells what the runner asks for by itself. */
  synchronized void plans(Status.Auto plan) {
    boolean news = !plan.equals(auto);
    auto = plan;
    if (news) {
      show();
    }
  }

  /** Looks whether an operator holds the queue, which happens behind our back. */
  synchronized void lookAtPause() {
    if (paused != isPaused()) {
      show();
    }
  }

  private boolean isPaused() {
    return Files.exists(site.state().paused());
  }

  synchronized void runs(Result result, @Nullable String step, @Nullable Double progress) {
    if (result.action() != null) {
      running = new Status.Running(result.id(), result.origin(), result.action(), step, progress);
      doing = result.action().wireName() + (result.to() == null ? "" : " to " + result.to());
    }
    showSoon();
  }

  /** What runs, in words; also while the file is being written. */
  Optional<String> doing() {
    return Optional.ofNullable(doing);
  }

  synchronized void ended(Result result) {
    holdings.lookAgain();
    if (running != null
        && running.id().equals(result.id())
        && running.origin().equals(result.origin())) {
      running = null;
      doing = null;
    }
    if (result.finishedAt() != null && result.state() != Outcome.QUEUED) {
      last =
          new Status.Last(
              result.id(),
              result.origin(),
              result.action(),
              result.state(),
              result.to(),
              result.finishedAt());
      if (metrics != null) {
        metrics.ended(result);
      }
    }
    if (queue.size() > 0) {
      showSoon();
    } else {
      show();
    }
  }

  /** For changes that come in floods: shown now and then. */
  synchronized void showSoon() {
    if (later == null) {
      long due = shownNanos + QUIET_NANOS - System.nanoTime();
      later = timer.schedule(this::show, Math.max(due, SOON_NANOS), TimeUnit.NANOSECONDS);
    }
  }

  /** Writes the file after something that may have changed what the deployment holds. */
  synchronized void changed() {
    holdings.lookAgain();
    show();
  }

  /** Writes the file. */
  synchronized void show() {
    shownNanos = System.nanoTime();
    if (later != null) {
      later.cancel(false);
      later = null;
    }
    try {
      Status status = status();
      if (metrics != null) {
        metrics.showed(status);
      }
      DurableFiles.publish(spool.status(), SchemaJson.pretty(status), "rw-r--r--");
    } catch (IOException e) {
      LOG.warn("cannot write {}: {}", spool.status(), e.toString());
    } catch (RuntimeException bug) {
      LOG.error("cannot write {}", spool.status(), bug);
    }
  }

  /** Makes the file young without writing it, unless it is gone. */
  synchronized void showLife() {
    try {
      Files.setLastModifiedTime(spool.status(), FileTime.from(site.clock().instant()));
    } catch (NoSuchFileException gone) {
      show();
    } catch (IOException e) {
      LOG.warn("cannot say by {} that a runner lives: {}", spool.status(), e.toString());
    }
  }

  /**
   * Writes it for the last time, saying that its runner has ended, and what is written a little
   * later as a rule.
   */
  synchronized void showLast() {
    runner = runner.stopped(site.clock().instant());
    show();
    if (metrics != null) {
      metrics.write();
    }
  }

  private Status status() throws IOException {
    Version current = site.current().version().orElse(null);
    paused = isPaused();
    return new Status(
        Status.SCHEMA,
        site.deployment().name(),
        current,
        holdings.available(current),
        running,
        queue.size(),
        ignored,
        unserved,
        last,
        paused,
        watch,
        runner,
        BrokenUndo.look(site.state()).map(StatusBoard::forEverybody).orElse(null),
        health,
        notices.status(),
        holdings.origins(),
        holdings.releases(current),
        holdings.snapshots(),
        holdings.room(),
        holdings.history(),
        auto);
  }

  /**
   * This file everybody can read, visitors of a closed site too. What follows the first line of a
   * message is what the application printed; the result has it for those who may know.
   */
  private static Status.Broken forEverybody(Status.Broken broken) {
    String told = broken.message().lines().findFirst().orElse("");
    return new Status.Broken(broken.id(), broken.origin(), broken.step(), told, broken.fix());
  }
}
