package org.spoolway.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment file says of updates that nobody asks for.
 *
 * @param auto how far they go
 * @param check how often the runner looks for releases by itself, or null for never
 * @param windows when an update may begin by itself
 * @param cooldown for how long a version to which an update failed is not tried again by itself
 * @param holds what keeps updates back, also some that are asked for
 */
public record Updates(
    Level auto, @Nullable Duration check, Windows windows, Duration cooldown, List<Hold> holds) {

  /** A file that says nothing of them. */
  public static final Updates NONE =
      new Updates(
          Level.NONE,
          null,
          new Windows(List.of(), ZoneOffset.UTC),
          Duration.ofHours(24),
          List.of());

  /** Whether the runner asks for anything by itself. */
  public boolean areAskedFor() {
    return check != null;
  }

  /** What keeps updates back at an instant. */
  public List<Hold> holdsAt(Instant now) {
    return holds.stream().filter(hold -> hold.lasts(now)).toList();
  }

  /** Since when none has ended any more; what was seen before was seen under a hold. */
  Instant lastEndOfHold(Instant now) {
    return holds.stream()
        .filter(hold -> !hold.lasts(now))
        .map(Hold::end)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /** When the next one ends. */
  Instant nextEndOfHold(Instant now) {
    return holdsAt(now).stream().map(Hold::end).min(Comparator.naturalOrder()).orElse(Instant.MAX);
  }
}
