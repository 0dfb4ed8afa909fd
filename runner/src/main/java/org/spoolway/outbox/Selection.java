package org.spoolway.outbox;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment.Event;
import org.spoolway.schema.Action;
import org.spoolway.schema.Result;
import org.spoolway.schema.Version;

/** Of which results people are told; pure. */
record Selection(Set<Event> on) {

  /**
   * As what a result is told.
   *
   * @param toldVersion the newest release that people were told of, or null for none
   * @return empty when nobody is told
   */
  Optional<Event> event(Result result, @Nullable Version toldVersion) {
    return Optional.ofNullable(kind(result, toldVersion)).filter(on::contains);
  }

  private static @Nullable Event kind(Result result, @Nullable Version toldVersion) {
    return switch (result.state()) {
      case SUCCEEDED -> success(result, toldVersion);
      case UNCHANGED -> Event.UNCHANGED;
      case PLANNED -> Event.PLANNED;
      case ROLLED_BACK -> Event.ROLLED_BACK;
      case FAILED -> Event.FAILED;
      case CANCELLED -> Event.CANCELLED;
      case EXPIRED -> Event.EXPIRED;
      case NEEDS_INTERVENTION -> Event.NEEDS_INTERVENTION;
      case QUEUED, RUNNING, REJECTED -> null;
    };
  }

  /** That a nightly backup was made is no news; that it was not is. */
  private static @Nullable Event success(Result result, @Nullable Version toldVersion) {
    Action action = result.action();
    if (action == null) {
      return null;
    }
    return switch (action) {
      case UPDATE, ROLLBACK, RESTART, RESTORE, HOTFIX, MODULES -> Event.SUCCEEDED;
      case CHECK -> isNews(result, toldVersion) ? Event.AVAILABLE : null;
      case BACKUP, PRUNE, CANCEL -> null;
    };
  }

  private static boolean isNews(Result check, @Nullable Version toldVersion) {
    Version found = check.to();
    return found != null
        && !found.equals(toldVersion)
        && (check.from() == null || found.isNewerThan(check.from()));
  }
}
