package org.spoolway.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims that cannot be dealt with now: they answer with an error, as when somebody has mounted
 * something on one or the disk fails, or an earlier runner has left more than fit. They stand in
 * nobody's way, and are looked at again now and then. Safe for several threads.
 */
final class Deferred {

  private static final Logger LOG = LoggerFactory.getLogger(Deferred.class);

  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** A disk may fail once and then again not; what fails more often is not waited for. */
  private static final int TRIES = 3;

  private final Map<Claim, Integer> failures = new LinkedHashMap<>();
  private final Map<String, Long> lookedNanos = new LinkedHashMap<>();

  /** Puts one off that has not been looked at. */
  synchronized void add(Claim claim) {
    failures.putIfAbsent(claim, 0);
  }

  /** Puts one off that answered with an error. */
  synchronized void add(Claim claim, IOException answer) {
    if (failures.merge(claim, 1, Integer::sum) == 1) {
      LOG.warn(
          "cannot deal with claim {} of {}: {}; it is tried again every {} s",
          claim.ticket(),
          claim.shown(),
          answer.toString(),
          PAUSE.toSeconds());
    }
  }

  synchronized void forget(Claim claim) {
    failures.remove(claim);
  }

  /** How many of an origin there are. */
  synchronized int size(String origin) {
    return (int) failures.keySet().stream().filter(c -> c.origin().equals(origin)).count();
  }

  /** How many of an origin there are of which there is hope. */
  synchronized int hopeful(String origin) {
    return (int)
        failures.entrySet().stream()
            .filter(entry -> entry.getKey().origin().equals(origin) && entry.getValue() < TRIES)
            .count();
  }

  /** Those of an origin that are to be looked at now. */
  synchronized List<Claim> due(String origin) {
    long now = System.nanoTime();
    Long looked = lookedNanos.get(origin);
    if (failures.isEmpty() || (looked != null && now - looked < PAUSE.toNanos())) {
      return List.of();
    }
    lookedNanos.put(origin, now);
    List<Claim> due = new ArrayList<>(failures.keySet());
    due.removeIf(claim -> !claim.origin().equals(origin));
    return due;
  }

  /** How soon some should be looked at, or null when there are none. */
  synchronized @Nullable Duration nextLook() {
    return failures.isEmpty() ? null : PAUSE;
  }
}
