package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Accounts;
import org.spoolway.layout.SpoolDir;
import org.spoolway.schema.Status;
import org.spoolway.upkeep.Budget;

/**
 * The inboxes of one deployment. Each is looked at anew whenever it is listed, since somebody may
 * have replaced, closed, filled or unmounted it since. For one thread at a time.
 */
final class Inboxes {

  private static final Logger LOG = LoggerFactory.getLogger(Inboxes.class);

  /** A listing that takes longer is not begun again before as long has passed. */
  private static final Duration QUICK = Duration.ofMillis(50);

  private final Deployment deployment;
  private final SpoolDir spool;
  private final Accounts accounts;
  private final SafePaths safe;
  private final SpaceFloor floor;
  private final Budget budget;
  private final Map<String, Status.Unserved> unserved = new TreeMap<>();
  private final Map<String, Pace> paces = new HashMap<>();
  private final Map<String, Begun> begun = new HashMap<>();

  Inboxes(
      Deployment deployment, SpoolDir spool, Accounts accounts, SpaceFloor floor, Budget budget) {
    this.deployment = deployment;
    this.spool = spool;
    this.accounts = accounts;
    this.safe = new SafePaths(accounts);
    this.floor = floor;
    this.budget = budget;
  }

  /** How long listing an inbox took, and until when it rests. */
  private record Pace(long tookNanos, long restsUntilNanos) {}

  /**
   * The origins in the order in which they are served: those that can be listed quickly first, so
   * that a million names in one inbox do not delay what lies in another.
   */
  List<String> inTurn() {
    List<String> origins = new ArrayList<>(deployment.origins().keySet());
    origins.sort(
        Comparator.comparingLong(
            origin -> paces.containsKey(origin) ? paces.get(origin).tookNanos() : 0));
    return origins;
  }

  /** How long an inbox must rest before it is listed again; zero when it need not. */
  Duration rest(String origin) {
    Pace pace = paces.get(origin);
    long left = pace == null ? 0 : pace.restsUntilNanos() - System.nanoTime();
    return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
  }

  /**
   * An inbox that was listed.
   *
   * @param inbox to be closed by whoever asked
   */
  record Listed(OpenDirectory inbox, Inbox.Listing listing) {}

  /** A listing that takes more than one turn, and how long it took so far. */
  private record Begun(OpenDirectory inbox, Inbox.Survey survey, long tookNanos) {}

  /**
   * Lists an inbox, or goes on with that.
   *
   * @param unmovable what would only stand in the way of others
   * @param limit how many entries at most
   * @param mustYield whether the origin's turn is over
   * @return empty when something must be put right first, which is told once, or when the listing
   *     is not whole yet
   */
  Optional<Listed> list(
      String origin, Predicate<Path> unmovable, int limit, Clock clock, BooleanSupplier mustYield)
      throws IOException {
    Begun listing = begun.remove(origin);
    try {
      Optional<Status.Unserved> why = whyNot(origin);
      if (why.isPresent()) {
        notServed(origin, why.get());
        return abandoned(listing);
      }
      if (listing == null) {
        OpenDirectory inbox = open(spool.inbox(origin));
        listing = new Begun(inbox, new Inbox.Survey(inbox.names(), unmovable, limit, clock), 0);
      }
      served(origin);
      return goOn(origin, listing, mustYield);
    } catch (IOException e) {
      notServed(origin, unlistable(origin, e));
      return abandoned(listing);
    }
  }

  private Optional<Listed> goOn(String origin, Begun listing, BooleanSupplier mustYield)
      throws IOException {
    long before = System.nanoTime();
    Optional<Inbox.Listing> whole = listing.survey().goOn(mustYield);
    long after = System.nanoTime();
    long took = listing.tookNanos() + after - before;
    if (whole.isEmpty()) {
      begun.put(origin, new Begun(listing.inbox(), listing.survey(), took));
      return Optional.empty();
    }
    paces.put(origin, new Pace(took, took < QUICK.toNanos() ? after : after + took));
    return Optional.of(new Listed(listing.inbox(), whole.get()));
  }

  private static Optional<Listed> abandoned(@Nullable Begun listing) throws IOException {
    if (listing != null) {
      listing.inbox().close();
    }
    return Optional.empty();
  }

  /** Whether an inbox is being listed, and that is to be gone on with. */
  boolean isBeingListed(String origin) {
    return begun.containsKey(origin);
  }

  private Optional<Status.Unserved> whyNot(String origin) throws IOException {
    Optional<Status.Unserved> unsafe =
        safe.unserved(origin, SpoolDirectories.inbox(deployment, spool, origin, accounts));
    if (unsafe.isPresent()) {
      return unsafe;
    } else if (device(spool.inbox(origin)) != device(spool.processing())) {
      return Optional.of(
          new Status.Unserved(
              "cannot serve " + origin + ": its inbox is not on the file system of " + spool.path(),
              "Put all of the spool on one file system: nothing is claimed but by a rename."));
    }
    return shortage(origin);
  }

  private Optional<Status.Unserved> shortage(String origin) throws IOException {
    Optional<Status.Unserved> spent = budget.spent(origin);
    return spent.isPresent() ? spent : floor.shortage(origin, deployment.origin(origin));
  }

  private static long device(Path directory) throws IOException {
    return (long) Files.getAttribute(directory, "unix:dev", LinkOption.NOFOLLOW_LINKS);
  }

  /** Opens the directory where claims are kept. */
  OpenDirectory openProcessing() throws IOException {
    return open(spool.processing());
  }

  private OpenDirectory open(Path directory) throws IOException {
    return OpenDirectory.open(Objects.requireNonNull(spool.path().getParent()), directory);
  }

  /** Whether there still is room to claim something of an origin's. */
  boolean hasRoom(String origin) throws IOException {
    return shortage(origin).isEmpty();
  }

  /**
   * To be called at the end of each scan.
   *
   * @param idle whether nothing was taken in
   */
  void lookAround(boolean idle) throws IOException {
    floor.look(idle && unserved.isEmpty());
  }

  /** Counts what room is left, whenever that was done last. */
  void lookAnew() throws IOException {
    floor.lookAnew();
  }

  private static Status.Unserved unlistable(String origin, IOException e) {
    return new Status.Unserved(
        "cannot list the inbox of " + origin + ": " + e,
        "Make it anew, or mend it as `spoolway doctor` says.");
  }

  private void served(String origin) {
    if (unserved.remove(origin) != null) {
      LOG.info("the inbox of {} is served again", origin);
    }
  }

  private void notServed(String origin, Status.Unserved why) {
    Status.@Nullable Unserved before = unserved.put(origin, why);
    if (before == null) {
      LOG.error("{}; the others are served; Fix: {}", why.message(), why.fix());
    }
  }

  /** The origins that are not served, and what must be put right. */
  Map<String, Status.Unserved> unserved() {
    return Map.copyOf(unserved);
  }
}
