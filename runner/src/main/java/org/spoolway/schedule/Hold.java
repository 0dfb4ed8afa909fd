package org.spoolway.schedule;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Version;

/**
 * What keeps updates back for a while.
 *
 * @param until its end as the deployment file spells it
 * @param end the first instant at which it holds nothing any more
 * @param reason why, for people
 * @param below versions below this one are not held, other than its own pre-releases; null when all
 *     are
 */
public record Hold(String until, Instant end, String reason, @Nullable Version below) {

  boolean lasts(Instant now) {
    return now.isBefore(end);
  }

  /** Why a version may not be taken; empty when it may. */
  public Optional<String> against(Version version) {
    boolean isBelow =
        below != null
            && below.isNewerThan(version)
            && (below.isPreRelease() || !version.released().equals(below.released()));
    return isBelow
        ? Optional.empty()
        : Optional.of(version + " is held until " + until + ": " + reason);
  }
}
