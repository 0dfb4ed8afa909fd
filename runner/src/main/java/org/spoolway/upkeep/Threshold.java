package org.spoolway.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.spoolway.deployment.Deployment;

/**
 * From when on files are kept: a pure decision. The newest are kept, and the young, as far as they
 * fit into what they may have of the disk together. What it remembers is bounded by the number to
 * keep and by the minutes in which there was anything, not by how many files there are.
 */
final class Threshold {

  private static final int MINUTE = 60;

  private final Deployment.Keep keep;
  private final PriorityQueue<Instant> newest = new PriorityQueue<>();
  private final NavigableMap<Long, Long> bytesByMinute = new TreeMap<>(Collections.reverseOrder());

  Threshold(Deployment.Keep keep) {
    this.keep = keep;
  }

  /** Takes a file into account. */
  void add(Instant changed, long bytes) {
    newest.add(changed);
    if (newest.size() > keep.requests()) {
      newest.remove();
    }
    long minute = changed.getEpochSecond() / MINUTE;
    bytesByMinute.merge(minute, Budget.onDisk(bytes), Long::sum);
  }

  /** Whatever changed before this is to go. */
  Instant from(Instant now) {
    Instant young = now.minus(Duration.ofDays(keep.days()));
    Instant first = newest.isEmpty() ? now : newest.element();
    Instant asked = first.isBefore(young) ? first : young;
    Instant fits = fits();
    return asked.isAfter(fits) ? asked : fits;
  }

  private Instant fits() {
    long bytes = 0;
    Instant from = Instant.MAX;
    for (Map.Entry<Long, Long> minute : bytesByMinute.entrySet()) {
      bytes += minute.getValue();
      if (bytes > keep.bytes()) {
        return from;
      }
      from = Instant.ofEpochSecond(minute.getKey() * MINUTE);
    }
    return Instant.MIN;
  }
}
