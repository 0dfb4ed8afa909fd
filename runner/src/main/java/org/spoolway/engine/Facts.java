package org.spoolway.engine;

import java.util.Map;
import java.util.Optional;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Version;

/**
 * What is known about a job: the request, and what its steps have found out so far. Always read
 * from the journal, so that it is the same before and after a crash.
 *
 * @param request what was asked
 * @param origin who asked
 * @param id the request's id
 * @param sequence the job's place in the order of execution
 * @param found what the steps have found out
 */
public record Facts(
    Request request, String origin, RequestId id, long sequence, Map<String, String> found) {

  /** The facts of a job in hand. */
  public static Facts of(Request request, JobProgress progress) {
    return new Facts(
        request,
        progress.accepted().origin(),
        progress.accepted().id(),
        progress.sequence(),
        progress.facts());
  }

  /** A fact, or empty. */
  public Optional<String> fact(String name) {
    return Optional.ofNullable(found.get(name));
  }

  /** The release that was live before, or empty when there was none. */
  public Optional<Version> from() {
    return fact(Evidence.FROM).map(Version::new);
  }

  /**
   * The release that the job leads to.
   *
   * @throws IllegalStateException before it is resolved
   */
  public Version to() {
    return fact(Evidence.TO)
        .map(Version::new)
        .orElseThrow(() -> new IllegalStateException("the target is not resolved yet"));
  }

  /** Whether a migration is pending; assumed until somebody has looked. */
  public boolean migrationPending() {
    return !fact(Evidence.PENDING).equals(Optional.of("false"));
  }

  /** Whether the release that the job leads to says that its migrations only add. */
  public boolean onlyAdds() {
    return fact(Evidence.MIGRATIONS).equals(Optional.of("expand"));
  }

  /** Whether the data change while the release that is left goes on serving. */
  public boolean expands() {
    return from().isPresent() && migrationPending() && onlyAdds();
  }

  /** Whether nobody may write until the data have changed. */
  public boolean closesData() {
    return migrationPending() && !expands();
  }
}
