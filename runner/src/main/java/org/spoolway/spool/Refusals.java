package org.spoolway.spool;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.layout.SpoolDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.spool.Examiner.Look;
import org.spoolway.spool.Examiner.Verdict;

/** Puts away what never becomes a job, with a result that says why. */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final String deployment;
  private final SpoolDir spool;
  private final ResultStore results;
  private final Claims claims;
  private final Clock clock;

  Refusals(String deployment, SpoolDir spool, ResultStore results, Claims claims, Clock clock) {
    this.deployment = deployment;
    this.spool = spool;
    this.results = results;
    this.claims = claims;
    this.clock = clock;
  }

  /**
   * Tells first, then puts aside; a crash in between is noticed by the result that is there
   * already.
   */
  void refuse(Claim claim, Look look, Verdict.Refuse verdict) throws IOException {
    Optional<RequestId> told = alreadyTold(claim, verdict.request());
    RequestId id = told.isPresent() ? told.get() : id(claim, verdict.request());
    if (told.isEmpty()) {
      LOG.info("rejected {}: {}", id, verdict.message());
      results.publish(result(claim, look, verdict, id));
    }
    claims.putAside(claim, spool.rejected(claim.origin()).resolve(id.value()));
  }

  private Optional<RequestId> alreadyTold(Claim claim, @Nullable Request request)
      throws IOException {
    RequestId plain = RequestId.nearestTo(claim.name().replaceFirst("\\.json$", ""), 0);
    RequestId given = request == null ? null : request.id();
    for (RequestId id : given == null ? List.of(plain) : List.of(given, plain)) {
      Optional<Result> result = results.find(claim.origin(), id);
      if (result.isPresent()
          && result.get().state() == Outcome.REJECTED
          && result.get().claimedAt().equals(claim.claimedAt())
          && result.get().order() != null
          && result.get().order().name().equals(claim.name())) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  private RequestId id(Claim claim, @Nullable Request request) throws IOException {
    RequestId given = request == null ? null : request.id();
    return given != null && results.find(claim.origin(), given).isEmpty()
        ? given
        : results.fresh(claim.origin(), claim.name(), claim.claimedAt().toEpochMilli());
  }

  private Result result(Claim claim, Look look, Verdict.Refuse verdict, RequestId id) {
    Request request = verdict.request();
    Action named = claim.meaning().action();
    return new Result(
        Result.SCHEMA,
        id,
        claim.origin(),
        deployment,
        request == null ? named : request.action(),
        Outcome.REJECTED,
        null,
        null,
        request != null && request.dryRun(),
        request == null ? null : request.requestedBy(),
        look.owner(),
        request == null ? null : request.reason(),
        0,
        null,
        new Result.Order(claim.order().time(), claim.name()),
        verdict.sha256(),
        null,
        null,
        claim.submittedAt(),
        claim.claimedAt(),
        clock.instant(),
        null,
        List.of(),
        List.of(),
        new ProblemException(verdict.problem(), verdict.message()).failure(),
        null);
  }
}
