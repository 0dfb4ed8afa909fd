package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
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
  private final Identity identity;
  private final Claims claims;
  private final Clock clock;

  Refusals(
      String deployment,
      SpoolDir spool,
      ResultStore results,
      Identity identity,
      Claims claims,
      Clock clock) {
    this.deployment = deployment;
    this.spool = spool;
    this.results = results;
    this.identity = identity;
    this.claims = claims;
    this.clock = clock;
  }

  /**
   * Tells first, then puts aside; a crash in between is noticed by the result that is there
   * already.
   */
  void refuse(Claim claim, Look look, Verdict.Refuse verdict) throws IOException {
    for (RequestId id : (Iterable<RequestId>) ids(claim, verdict.request())::iterator) {
      boolean told = isToldAs(claim, id);
      if (told || identity.isFree(claim.origin(), id)) {
        if (!told) {
          LOG.info("rejected {}: {}", id, verdict.message());
          results.publish(result(claim, look, verdict, id));
        }
        claims.putAside(claim, place(claim, id));
        return;
      }
    }
  }

  /** The first that is free is used, so that all before it are others'. */
  private static Stream<RequestId> ids(Claim claim, @Nullable Request request) {
    RequestId given = request == null ? null : request.id();
    return Stream.concat(Stream.ofNullable(given), Identity.idsFor(claim));
  }

  /** Told by a runner that died before it could put the file aside. */
  private boolean isToldAs(Claim claim, RequestId id) throws IOException {
    return !Files.exists(place(claim, id), LinkOption.NOFOLLOW_LINKS)
        && results
            .find(claim.origin(), id)
            .filter(result -> result.state() == Outcome.REJECTED)
            .filter(claim::isTheOneOf)
            .isPresent();
  }

  private Path place(Claim claim, RequestId id) {
    return spool.rejected(claim.origin()).resolve(id.value());
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
        request == null ? null : request.notBefore(),
        clock.instant(),
        null,
        List.of(),
        List.of(),
        new ProblemException(verdict.problem(), verdict.message()).failure(),
        null,
        null);
  }
}
