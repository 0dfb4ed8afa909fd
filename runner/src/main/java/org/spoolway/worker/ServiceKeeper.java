package org.spoolway.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.Deployment.ServiceType;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Interruption;
import org.spoolway.host.Services;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Status.HealthState;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;

/**
 * Between jobs: starts the live release's process when it is not alive, with growing pauses, and
 * looks at its health now and then.
 */
final class ServiceKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceKeeper.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration STEADY = Duration.ofMinutes(1);
  private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(30);

  private final Site site;
  private final StatusBoard board;
  private @Nullable String unreadable;
  private Duration pause = FIRST_PAUSE;
  private long nextStartNanos = System.nanoTime();
  private long startedNanos = System.nanoTime();
  private long nextLookNanos = System.nanoTime();
  private long nextKeepNanos = System.nanoTime();

  ServiceKeeper(Site site, StatusBoard board) {
    this.site = site;
    this.board = board;
  }

  /** Whether there is anything to keep. */
  boolean hasWork() {
    return site.deployment().service().type() == ServiceType.PROCESS;
  }

  /** Looks, and starts what should run and does not. */
  void tick() {
    Optional<Version> live = live();
    if (live.isEmpty()) {
      return;
    }
    if (mayStart()) {
      keepAlive(live.get());
    }
    if (site.deployment().health().url() != null && System.nanoTime() - nextLookNanos >= 0) {
      lookAtHealth(live.get());
    }
  }

  /** Between two jobs: only starts what should run and does not, at most once a second. */
  void keepServing() {
    long now = System.nanoTime();
    if (mayStart() && now - nextKeepNanos >= 0) {
      nextKeepNanos = now + FIRST_PAUSE.toNanos();
      Optional<Version> live = live();
      if (live.isPresent()) {
        keepAlive(live.get());
      }
    }
  }

  /** What cannot be told is nothing to keep; requests are answered all the same. */
  private Optional<Version> live() {
    try {
      Optional<Version> live = site.current().version();
      unreadable = null;
      return live;
    } catch (IOException e) {
      if (!e.toString().equals(unreadable)) {
        LOG.error("cannot tell which release is live: {}", e.toString());
        board.healthIs(HealthState.UNKNOWN, e.toString(), site.clock().instant());
      }
      unreadable = e.toString();
      return Optional.empty();
    }
  }

  /** What serves must not be started on data that an undo has still to put back. */
  private boolean mayStart() {
    return hasWork() && !BrokenUndo.isIn(site.state());
  }

  private void keepAlive(Version live) {
    Services services = site.ports().services();
    long now = System.nanoTime();
    if (services.state().running()) {
      if (now - startedNanos > STEADY.toNanos()) {
        pause = FIRST_PAUSE;
      }
    } else if (now - nextStartNanos >= 0) {
      start(services, live);
    }
  }

  private void start(Services services, Version live) {
    LOG.info("{} {} does not run; starting it", site.deployment().name(), live);
    try {
      services.start(live, (bytes, offset, length) -> {});
      nextLookNanos = System.nanoTime();
    } catch (ProblemException e) {
      LOG.error("{}; trying again in {} s", e.getMessage(), pause.toSeconds());
    }
    startedNanos = System.nanoTime();
    nextStartNanos = startedNanos + pause.toNanos();
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  private void lookAtHealth(Version live) {
    HealthProbe.Answer answer = site.ports().probe().ask(live, new Interruption());
    board.healthIs(
        answer.passes() ? HealthState.PASSING : HealthState.FAILING,
        answer.observed(),
        site.clock().instant());
    Duration next = answer.passes() ? HEALTH_INTERVAL : FIRST_PAUSE.multipliedBy(2);
    nextLookNanos = System.nanoTime() + next.toNanos();
  }

  /** Looks at the application's health at the next tick, since a job may have changed it. */
  void lookSoon() {
    nextLookNanos = System.nanoTime();
  }
}
