package org.spoolway.deployment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Version;

/**
 * One job that changed the deployment, or tried to.
 *
 * @param sequence its place in the order of execution
 * @param origin who asked
 * @param id the request's id
 * @param action what was asked
 * @param state how it ended
 * @param from the release before, or null
 * @param to the release it led to, or null when that was never known
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param downtimeMillis how long users may have noticed, in milliseconds, or null
 * @param snapshot the copy of the data from before, or null
 * @param dataMark the database's mark before the new release wrote anything, or null
 * @param requestedBy who pressed the button, for display only, or null
 */
public record HistoryEntry(
    long sequence,
    String origin,
    RequestId id,
    Action action,
    Outcome state,
    @Nullable Version from,
    @Nullable Version to,
    Instant startedAt,
    Instant finishedAt,
    @Nullable Long downtimeMillis,
    @Nullable String snapshot,
    @Nullable String dataMark,
    @Nullable String requestedBy) {

  /** Whether it made another release live, or the first one. */
  boolean movedTo(Action wanted) {
    return action == wanted && state == Outcome.SUCCEEDED && to != null;
  }
}
