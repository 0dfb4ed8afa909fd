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
import org.spoolway.journal.StepProgress;
import org.spoolway.lifecycle.Phase;

/**
 * How long users met a closed door: from the page, or what stopped, to the end of the proof or of
 * going back. Nothing for what took one release's place by another while connections waited.
 */
final class Downtime {

  /** After each of these nobody is served any more. */
  private static final Set<String> CLOSING = Set.of("maintenance-on", "stop");

  private Downtime() {}

  /** In milliseconds; null when nothing closed, or nothing has been proved yet. */
  static @Nullable Long of(JobProgress progress) {
    boolean wentBack = progress.turnedBack() != null;
    Optional<Instant> closed =
        began(progress)
            .filter(step -> closes(step, progress, wentBack))
            .map(StepProgress::startedAt)
            .min(Instant::compareTo);
    Optional<Instant> open = wentBack ? Optional.of(progress.lastAt()) : proved(progress);
    if (closed.isEmpty() || open.isEmpty() || progress.fact(Evidence.FROM).isEmpty()) {
      return null;
    }
    return Math.max(0, Duration.between(closed.get(), open.get()).toMillis());
  }

  private static Stream<StepProgress> began(JobProgress progress) {
    return progress.steps().stream().filter(step -> step.startedAt() != null);
  }

  /** A release that was gone back from may have answered, but not well. */
  private static boolean closes(StepProgress step, JobProgress progress, boolean wentBack) {
    boolean isProof = step.phase() == Phase.PROOF;
    return CLOSING.contains(step.name())
        || (isProof && (wentBack || progress.fact(Evidence.GAP).isPresent()));
  }

  private static Optional<Instant> proved(JobProgress progress) {
    return progress.steps().stream()
        .filter(step -> step.phase() == Phase.PROOF)
        .map(StepProgress::endedAt)
        .filter(Objects::nonNull)
        .max(Instant::compareTo);
  }
}
