package org.spoolway.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spoolway.schema.RequestId;

/**
 * The jobs that wait. Within an origin they go by order; origins take turns, so that none waits for
 * another's flood. Safe for several threads.
 */
public final class JobQueue {

  private static final Comparator<QueuedJob> ORDER =
      Comparator.comparing(QueuedJob::order).thenComparing(QueuedJob::ticket);

  private final Map<String, NavigableSet<QueuedJob>> byOrigin = new LinkedHashMap<>();
  private final List<String> turns = new ArrayList<>();
  private boolean disturbed;

  /** A queue for these origins, none of which comes first. */
  public JobQueue(List<String> origins) {
    origins.forEach(this::jobsOf);
  }

  private NavigableSet<QueuedJob> jobsOf(String origin) {
    return byOrigin.computeIfAbsent(
        origin,
        o -> {
          turns.add(o);
          return new TreeSet<>(ORDER);
        });
  }

  /** Adds a job. */
  public synchronized void offer(QueuedJob job) {
    jobsOf(job.accepted().origin()).add(job);
    disturb();
  }

  /** Takes the next job whose time has come, or nothing. */
  public synchronized Optional<QueuedJob> take(Instant now) {
    for (int i = 0; i < turns.size(); i++) {
      String origin = turns.get(i);
      NavigableSet<QueuedJob> jobs = jobsOf(origin);
      for (QueuedJob job : jobs) {
        if (!job.isHeld(now)) {
          jobs.remove(job);
          turns.remove(i);
          turns.add(origin);
          return Optional.of(job);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether there is a job whose time has come. */
  public synchronized boolean hasDue(Instant now) {
    return byOrigin.values().stream()
        .flatMap(NavigableSet::stream)
        .anyMatch(job -> !job.isHeld(now));
  }

  /** Takes a job out of turn, or nothing when it does not wait here. */
  public synchronized Optional<QueuedJob> remove(String origin, RequestId id) {
    NavigableSet<QueuedJob> jobs = jobsOf(origin);
    Optional<QueuedJob> found = jobs.stream().filter(j -> j.accepted().id().equals(id)).findFirst();
    found.ifPresent(jobs::remove);
    return found;
  }

  /** Whether a job waits here. */
  public synchronized boolean isWaiting(QueuedJob job) {
    return jobsOf(job.accepted().origin()).contains(job);
  }

  /** How many wait. */
  public synchronized int size() {
    return byOrigin.values().stream().mapToInt(NavigableSet::size).sum();
  }

  /**
   * Some of an origin's jobs.
   *
   * @param bytes what their requests have, together
   */
  public record Load(int jobs, long bytes) {
    private Load and(QueuedJob job) {
      return new Load(jobs + 1, bytes + job.accepted().content().length);
    }
  }

  /** Those of an origin that wait for their turn. */
  public Load due(String origin, Instant now) {
    return load(origin, job -> !job.isHeld(now));
  }

  /** Those of an origin that wait for their time. */
  public Load held(String origin, Instant now) {
    return load(origin, job -> job.isHeld(now));
  }

  private synchronized Load load(String origin, Predicate<QueuedJob> which) {
    Load load = new Load(0, 0);
    for (QueuedJob job : jobsOf(origin)) {
      load = which.test(job) ? load.and(job) : load;
    }
    return load;
  }

  /** Since when the oldest job waits whose time has come, or null when there is none. */
  public synchronized @Nullable Instant oldestDue(Instant now) {
    return byOrigin.values().stream()
        .flatMap(NavigableSet::stream)
        .filter(job -> !job.isHeld(now))
        .map(job -> job.accepted().submittedAt())
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** When the next held job's time comes or one expires, or null when none is held. */
  public synchronized @Nullable Instant nextDue() {
    return byOrigin.values().stream()
        .flatMap(NavigableSet::stream)
        .filter(job -> job.request().notBefore() != null)
        .flatMap(job -> Stream.of(job.request().notBefore(), job.request().expires()))
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Ends a wait in {@link #await} at once. */
  public synchronized void disturb() {
    disturbed = true;
    notifyAll();
  }

  /**
   * Waits until a job is offered or {@link #disturb} is called, also if that was before, or the
   * time is over.
   */
  public synchronized void await(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toNanos(); left > 0 && !disturbed; left = end - System.nanoTime()) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      }
      disturbed = false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
  }
}
