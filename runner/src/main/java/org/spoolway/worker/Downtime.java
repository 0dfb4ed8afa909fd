package org.spoolway.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry;
import org.spoolway.journal.StepProgress;
import org.spoolway.lifecycle.Phase;

/**
 * How long users met a closed door: from the page, or what stopped, to the end of the proof or of
 * going back. Nothing for what took one release's place by another while connections waited, and
 * nothing for the time in which a release was watched while it served.
 */
final class Downtime {

  /** Puts up the page. */
  static final String PAGE = "maintenance-on";

  /** After each of these nobody is served any more. */
  static final Set<String> CLOSING = Set.of(PAGE, "stop");

  /** By then users are served again. */
  private static final String WATCHING = "bake";

  private Downtime() {}

  /** In milliseconds; null when nothing closed, or nothing has been proved yet. */
  static @Nullable Long of(JobProgress progress) {
    if (progress.fact(Evidence.FROM).isEmpty()) {
      return null;
    }
    JournalEntry.TurnedBack back = progress.turnedBack();
    if (back == null) {
      return millis(closed(progress, false), proved(progress));
    }
    if (!hasBegunToWatch(progress)) {
      return millis(closed(progress, true), Optional.of(progress.lastAt()));
    }
    Long before = millis(closed(progress, false), proved(progress));
    Long after = millis(Optional.of(back.at()), Optional.of(progress.lastAt()));
    return (before == null ? 0 : before) + (after == null ? 0 : after);
  }

  private static @Nullable Long millis(Optional<Instant> closed, Optional<Instant> open) {
    return closed.isEmpty() || open.isEmpty()
        ? null
        : Long.valueOf(Math.max(0, Duration.between(closed.get(), open.get()).toMillis()));
  }

  private static Optional<Instant> closed(JobProgress progress, boolean wentBack) {
    return doors(progress)
        .filter(step -> closes(step, progress, wentBack))
        .map(StepProgress::startedAt)
        .filter(Objects::nonNull)
        .min(Instant::compareTo);
  }

  private static boolean hasBegunToWatch(JobProgress progress) {
    return progress.steps().stream().anyMatch(s -> s.name().equals(WATCHING) && s.begun());
  }

  private static Stream<StepProgress> doors(JobProgress progress) {
    return progress.steps().stream().filter(step -> !step.name().equals(WATCHING));
  }

  /** A release that was gone back from may have answered, but not well. */
  private static boolean closes(StepProgress step, JobProgress progress, boolean wentBack) {
    boolean isProof = step.phase() == Phase.PROOF;
    return CLOSING.contains(step.name())
        || (isProof && (wentBack || progress.fact(Evidence.GAP).isPresent()));
  }

  private static Optional<Instant> proved(JobProgress progress) {
    return doors(progress)
        .filter(step -> step.phase() == Phase.PROOF)
        .map(StepProgress::endedAt)
        .filter(Objects::nonNull)
        .max(Instant::compareTo);
  }
}
