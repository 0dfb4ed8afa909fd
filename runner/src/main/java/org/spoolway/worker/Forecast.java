package org.spoolway.worker;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.History;
import org.spoolway.deployment.Trees;
import org.spoolway.durable.FreeBytes;
import org.spoolway.engine.Ending;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.StepProgress;
import org.spoolway.lifecycle.StepState;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Result;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;

/**
 * What a plan would cost if it were carried out. What is known of the host comes in, so that the
 * estimate itself is pure; it is no part of the plan's hash.
 *
 * @param downtimes how long users met a closed door in the last jobs of the kind, in milliseconds
 * @param nextBytes the estimated size of a release that is still to be fetched: that of the live
 *     one; null when none is live
 * @param freeBytes how many bytes are free where the application lies
 */
public record Forecast(List<Long> downtimes, @Nullable Long nextBytes, long freeBytes) {

  private static final Logger LOG = LoggerFactory.getLogger(Forecast.class);

  /** Of how many jobs the downtime is taken. */
  private static final int JOBS = 5;

  private static final String FETCH = "fetch";

  /**
   * What a dry run that has worked out its plan expects; empty for every other job, and when the
   * disk cannot be asked.
   */
  public static Optional<Result.Expected> of(Site site, Request request, JobProgress progress) {
    if (!request.dryRun() || Ending.of(request, progress).outcome() != Outcome.PLANNED) {
      return Optional.empty();
    }
    try {
      Forecast known =
          new Forecast(
              downtimes(site.history(), request.action()),
              liveBytes(site, progress),
              FreeBytes.of(site.rootOrAbove()));
      return Optional.of(known.of(progress));
    } catch (IOException e) {
      LOG.warn("cannot estimate what {} would cost: {}", progress.accepted().id(), e.toString());
      return Optional.empty();
    }
  }

  /** Going back takes about as long as going forward, until it has been done. */
  private static List<Long> downtimes(History history, Action action) throws IOException {
    List<Long> same = history.downtimes(action, JOBS);
    return same.isEmpty() && action == Action.ROLLBACK
        ? history.downtimes(Action.UPDATE, JOBS)
        : same;
  }

  private static @Nullable Long liveBytes(Site site, JobProgress progress) throws IOException {
    Optional<String> live = progress.fact(Evidence.FROM);
    return live.isPresent() && runs(progress, FETCH)
        ? Long.valueOf(Trees.bytes(site.releases().directory(new Version(live.get()))))
        : null;
  }

  /** What this plan would cost. */
  Result.Expected of(JobProgress progress) {
    return new Result.Expected(
        closesADoor(progress) ? median() : Long.valueOf(0), bytes(progress), freeBytes);
  }

  /** Where no release is live nobody knocks. */
  private static boolean closesADoor(JobProgress progress) {
    boolean keepsData = progress.fact(Evidence.PENDING).equals(Optional.of("false"));
    Set<String> closing = keepsData ? Set.of(Downtime.PAGE) : Downtime.CLOSING;
    return progress.fact(Evidence.FROM).isPresent()
        && closing.stream().anyMatch(step -> runs(progress, step));
  }

  private static boolean runs(JobProgress progress, String name) {
    return progress.steps().stream()
        .filter(step -> step.name().equals(name))
        .map(StepProgress::state)
        .anyMatch(state -> state != StepState.SKIPPED);
  }

  private @Nullable Long median() {
    if (downtimes.isEmpty()) {
      return null;
    }
    List<Long> sorted = downtimes.stream().sorted().toList();
    int middle = sorted.size() / 2;
    long upper = sorted.get(middle);
    return sorted.size() % 2 == 1 ? upper : (sorted.get(middle - 1) + upper) / 2;
  }

  private @Nullable Long bytes(JobProgress progress) {
    Optional<Long> needed = progress.fact(Evidence.NEEDED_BYTES).map(Long::valueOf);
    if (needed.isEmpty() || !runs(progress, FETCH)) {
      return needed.orElse(null);
    }
    return nextBytes == null ? null : Long.valueOf(needed.get() + nextBytes);
  }
}
