package org.spoolway.worker;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.History;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Result;

/** What of a job goes into the history; pure. */
public final class HistoryEntries {

  private static final int LONGEST_NAME = 200;

  private HistoryEntries() {}

  /** The entry of a job that has ended, or empty when it neither changed anything nor tried to. */
  public static Optional<History.Entry> of(Request request, JobProgress progress, Result result) {
    boolean lasting =
        switch (request.action()) {
          case UPDATE, ROLLBACK, RESTART, BACKUP, RESTORE, HOTFIX, MODULES -> true;
          case CHECK, PRUNE, CANCEL -> false;
        };
    boolean tried = !request.dryRun() && result.state() != Outcome.UNCHANGED;
    if (!lasting || !tried || progress.attempt() == 0 || progress.startedAt() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new History.Entry(
            progress.sequence(),
            result.origin(),
            result.id(),
            request.action(),
            result.state(),
            result.from(),
            result.to(),
            progress.startedAt(),
            progress.lastAt(),
            result.downtimeMillis(),
            snapshot(progress),
            dataMark(request, progress),
            requestedBy(request),
            progress.turnedBack() == null ? progress.fact(Evidence.SCHEMA).orElse(null) : null,
            progress.turnedBack() == null ? formerSchemas(progress) : null,
            progress.unproven() == null ? null : true));
  }

  private static @Nullable List<String> formerSchemas(JobProgress progress) {
    Optional<String> expanded =
        hasContracted(progress) ? Optional.empty() : progress.fact(Evidence.EXPANDED_TO);
    List<String> schemas =
        Stream.concat(progress.fact(Evidence.FORMER_SCHEMA).stream(), expanded.stream()).toList();
    return schemas.isEmpty() ? null : schemas;
  }

  /** What failed half-way may have taken something too. */
  private static boolean hasContracted(JobProgress progress) {
    return progress.steps().stream().anyMatch(s -> s.name().equals("contract") && s.begun());
  }

  /** The history is read again and again, and writers of an inbox write this. */
  private static @Nullable String requestedBy(Request request) {
    String name = request.requestedBy();
    if (name == null || name.length() <= LONGEST_NAME) {
      return name;
    }
    int[] first = name.codePoints().limit(LONGEST_NAME).toArray();
    return new String(first, 0, first.length);
  }

  /** One that was taken in vain is gone again. */
  private static @Nullable String snapshot(JobProgress progress) {
    return progress.turnedBack() == null ? progress.fact(Evidence.SNAPSHOT).orElse(null) : null;
  }

  /**
   * A rollback carries the mark of the update that it goes back from, which says nothing of its own
   * data.
   */
  private static @Nullable String dataMark(Request request, JobProgress progress) {
    return request.action() == Action.UPDATE && progress.turnedBack() == null
        ? progress.fact(Evidence.DATA_MARK).orElse(null)
        : null;
  }
}
