package org.spoolway.spool;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.spoolway.spool.Examiner.Look;

/** Claimed entries whose writers may not be done. Safe for several threads. */
final class Settling {

  private static final Duration SHORTEST_LOOK = Duration.ofMillis(1);

  /** Whoever writes on and on is waited for no longer than so many times the settle time. */
  private static final int PATIENCE = 15;

  private final Duration settle;
  private final LongSupplier nanos;

  /** The one that was looked at last comes last. */
  private final Map<Claim, Seen> seen = new LinkedHashMap<>();

  /**
   * @param settle for how long an entry must stay as it is
   * @param nanos tells the time, as {@link System#nanoTime} does
   */
  Settling(Duration settle, LongSupplier nanos) {
    this.settle = settle;
    this.nanos = nanos;
  }

  /** As an entry looked, and since when it has looked so. */
  private record Seen(Look look, long sinceNanos, long firstNanos) {}

  /**
   * Whether an entry will not change any more. Age alone is no proof, since times can be set: what
   * counts is that we have seen no change for a while.
   */
  synchronized boolean isOver(Claim claim, Look look) {
    Seen before = seen.remove(claim);
    long now = nanos.getAsLong();
    if (before == null) {
      seen.put(claim, new Seen(look, now, now));
      return false;
    }
    boolean same = before.look().equals(look);
    seen.put(claim, same ? before : new Seen(look, now, before.firstNanos()));
    return now - before.firstNanos() >= settle.multipliedBy(PATIENCE).toNanos()
        || (same && now - before.sinceNanos() >= settle.toNanos());
  }

  /** Lets an entry wait without its time running. */
  synchronized void postpone(Claim claim, Look look) {
    long now = nanos.getAsLong();
    seen.remove(claim);
    seen.put(claim, new Seen(look, now, now));
  }

  synchronized void forget(Claim claim) {
    seen.remove(claim);
  }

  /** All of them. */
  synchronized List<Claim> claims() {
    return List.copyOf(seen.keySet());
  }

  /** Those of an origin, in the order in which they should be looked at again. */
  synchronized List<Claim> claims(String origin) {
    return seen.keySet().stream().filter(claim -> claim.origin().equals(origin)).toList();
  }

  /** How soon an entry should be looked at again, or null when there is none. */
  synchronized @Nullable Duration nextLook() {
    long now = nanos.getAsLong();
    return seen.values().stream()
        .map(s -> settle.minusNanos(now - s.sinceNanos()))
        .map(left -> left.compareTo(settle.dividedBy(4)) < 0 ? left : settle.dividedBy(4))
        .map(left -> left.compareTo(SHORTEST_LOOK) < 0 ? SHORTEST_LOOK : left)
        .min(Duration::compareTo)
        .orElse(null);
  }
}
