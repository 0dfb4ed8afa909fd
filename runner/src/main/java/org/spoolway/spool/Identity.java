package org.spoolway.spool;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;

/**
 * Which request this is: ids are per origin, and the same id with the same content is the same
 * request.
 */
final class Identity {

  private final ResultStore results;

  Identity(ResultStore results) {
    this.results = results;
  }

  /** What came out. */
  sealed interface Choice {
    /** A request not seen before. */
    record New(RequestId id) implements Choice {}

    /** One that is known already. */
    record Same(RequestId id) implements Choice {}

    /** Its id stands for another one. */
    record Taken() implements Choice {}
  }

  /**
   * Finds out.
   *
   * @param unpublished hashes of requests that are admitted but not told of yet, by {@code
   *     origin/id}
   */
  Choice choose(Claim claim, Examiner.Verdict.Accept accept, Map<String, String> unpublished)
      throws IOException {
    RequestId id = accept.request().id();
    if (id == null) {
      RequestId fresh =
          results.fresh(claim.origin(), claim.name(), claim.claimedAt().toEpochMilli());
      return new Choice.New(unlike(fresh, claim, unpublished));
    }
    String inBatch = unpublished.get(claim.origin() + "/" + id);
    Optional<Result> told = results.find(claim.origin(), id);
    if (inBatch == null && told.isEmpty()) {
      return new Choice.New(id);
    }
    String known = inBatch != null ? inBatch : told.map(Result::requestSha256).orElse("");
    return accept.sha256().equals(known) ? new Choice.Same(id) : new Choice.Taken();
  }

  private static RequestId unlike(RequestId fresh, Claim claim, Map<String, String> unpublished) {
    RequestId id = fresh;
    for (int tail = 2; unpublished.containsKey(claim.origin() + "/" + id); tail++) {
      id = new RequestId(RequestId.nearestTo(fresh.value(), 6) + "-" + tail);
    }
    return id;
  }
}
