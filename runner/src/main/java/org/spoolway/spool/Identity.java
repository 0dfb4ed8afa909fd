package org.spoolway.spool;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.spoolway.journal.JournalEntry.Accepted;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;

/**
 * Which request this is: ids are per origin, and the same id with the same content is the same
 * request. Asks the jobs that are open first, since a full disk may have kept us from telling of
 * them, and then what was told.
 */
final class Identity {

  private final ResultStore results;
  private final Map<Key, String> open = new ConcurrentHashMap<>();
  private final Map<String, Key> byTicket = new ConcurrentHashMap<>();

  Identity(ResultStore results) {
    this.results = results;
  }

  private record Key(String origin, String id) {}

  /** What came out. */
  sealed interface Choice {
    /** A request not seen before. */
    record New(RequestId id) implements Choice {}

    /** One that is known already. */
    record Same(RequestId id) implements Choice {}

    /** Its id stands for another one. */
    record Taken() implements Choice {}
  }

  /** A job is open from now on. */
  void opened(String ticket, Accepted accepted) {
    Key key = new Key(accepted.origin(), accepted.id().value());
    open.put(key, accepted.sha256());
    byTicket.put(ticket, key);
  }

  /** Whether a job with this id is open. */
  boolean isOpen(String origin, String id) {
    return open.containsKey(new Key(origin, id));
  }

  /** A job's end was told. */
  void closed(String ticket) {
    Key key = byTicket.remove(ticket);
    if (key != null) {
      open.remove(key);
    }
  }

  /** Finds out. */
  Choice choose(Claim claim, Examiner.Verdict.Accept accept) throws IOException {
    RequestId id = accept.request().id();
    if (id == null) {
      Optional<RequestId> before = toldAs(claim);
      if (before.isPresent()) {
        return new Choice.Same(before.get());
      }
      return new Choice.New(
          idsFor(claim).filter(free -> isFree(claim.origin(), free)).findFirst().orElseThrow());
    }
    String admitted = open.get(new Key(claim.origin(), id.value()));
    Optional<String> known =
        admitted == null
            ? results.find(claim.origin(), id).map(Identity::contentOf)
            : Optional.of(admitted);
    if (known.isEmpty()) {
      return new Choice.New(id);
    }
    return known.get().equals(accept.sha256()) ? new Choice.Same(id) : new Choice.Taken();
  }

  /** The id under which this very claim was carried out, its removal lost in a power cut. */
  private Optional<RequestId> toldAs(Claim claim) throws IOException {
    for (RequestId id :
        (Iterable<RequestId>) idsFor(claim).takeWhile(i -> isUsed(claim, i))::iterator) {
      if (results.find(claim.origin(), id).filter(claim::isTheOneOf).isPresent()) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  private boolean isUsed(Claim claim, RequestId id) {
    return !isFree(claim.origin(), id);
  }

  /** Whether an id was never used. */
  boolean isFree(String origin, RequestId id) {
    return !isOpen(origin, id.value()) && results.isFree(origin, id);
  }

  /** The ids that a file without one may get, the nearest to its name first; without end. */
  static Stream<RequestId> idsFor(Claim claim) {
    RequestId named = RequestId.ofFileName(claim.name());
    String cut =
        RequestId.nearestTo(named.value(), 24).value() + "-" + claim.claimedAt().toEpochMilli();
    return Stream.concat(
        Stream.of(named, new RequestId(cut)),
        IntStream.iterate(2, tail -> tail + 1).mapToObj(tail -> new RequestId(cut + "-" + tail)));
  }

  private static String contentOf(Result result) {
    return result.requestSha256() == null ? "" : result.requestSha256();
  }
}
