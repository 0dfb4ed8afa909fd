package org.spoolway.inspect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.client.ResultReader;
import org.spoolway.inspect.OpenJobs.OpenJob;
import org.spoolway.inspect.RequestFinder.Found;
import org.spoolway.inspect.RequestFinder.Place;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.lifecycle.JobState;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;

/**
 * How a request stands in the life of jobs.
 *
 * @param result what was told of it; null before it was understood
 * @param state the row of the table of lives; null when only its journal, which the looking user
 *     may not read, would tell
 * @param notBefore the time that it asked to be held until, or null
 */
public record Standing(
    @Nullable Result result, @Nullable JobState state, @Nullable Instant notBefore) {

  /** Looks at a request's result and, where that is not its end, at its journal. */
  public static Standing of(SpoolLayout layout, Found found) throws IOException {
    if (found.place() == Place.INBOX) {
      return new Standing(null, JobState.WAITING, null);
    } else if (found.place() == Place.CLAIMED) {
      return new Standing(null, JobState.CLAIMED, null);
    }
    Optional<OpenJob> journal;
    try {
      // Before the result: the journal of a job that ends in between is missed, its end is not.
      journal = new OpenJobs(layout.state(found.deployment())).find(found.origin(), found.id());
    } catch (AccessDeniedException denied) {
      journal = Optional.empty();
    }
    Result result =
        new ResultReader(layout.spool(found.deployment()))
            .read(found.origin(), found.id())
            .orElse(null);
    return new Standing(
        result,
        state(result, journal.map(open -> open.progress().state())),
        journal.map(open -> open.job().request().notBefore()).orElse(null));
  }

  private static @Nullable JobState state(@Nullable Result result, Optional<JobState> journal) {
    if (result == null || !result.state().isTerminal()) {
      return journal.orElse(null);
    } else if (result.state() == Outcome.NEEDS_INTERVENTION) {
      return journal.orElse(JobState.TOLD);
    }
    return result.state() == Outcome.REJECTED ? JobState.REJECTED : JobState.TOLD;
  }
}
