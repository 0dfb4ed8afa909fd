package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Accounts;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.schema.Status;
import org.spoolway.upkeep.Budget;

/**
 * Brings requests from the inboxes to the queue. One {@link #scan} does all there is to do and may
 * be called at any time, by anyone, as often as one likes: events only decide when.
 */
public final class Intake {

  /**
   * How much one origin's requests may have that wait for their turn, and as much those that wait
   * for their time, since all are kept in memory; a batch more is taken in before it is noticed.
   */
  private static final long MAX_BYTES = 4 << 20;

  /** For so long one origin is served before the others are looked at again. */
  private static final Duration TURN = Duration.ofMillis(250);

  /** After so many, what was claimed is made durable and may start. */
  private static final int BATCH = 64;

  /** So many unsettled ones are looked at before it is seen whether others wait. */
  private static final int AGAIN = 16;

  private final Deployment deployment;
  private final StateDir state;
  private final Clock clock;
  private final Inboxes inboxes;
  private final Claims claims;
  private final Reception reception;
  private final JobQueue queue;
  private final Map<String, Integer> ignored = new HashMap<>();
  private final Map<String, Integer> left = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Duration nextScan;

  /**
   * The ways to the outside.
   *
   * @param accounts who owns what
   * @param freeInodes how many files can still be made on the file system of a directory
   * @param clock the wall clock
   * @param budget what each origin may leave on the disk
   */
  public record Outside(
      Accounts accounts, ToLongFunction<Path> freeInodes, Clock clock, Budget budget) {}

  /**
   * An intake for one deployment, whose directories are made.
   *
   * @param queue where the jobs wait
   * @param admitted is given each request that became a job, once that survives a power cut; it
   *     queues it, sooner or later
   */
  public Intake(
      Deployment deployment,
      SpoolDir spool,
      StateDir state,
      Outside outside,
      JobQueue queue,
      Consumer<QueuedJob> admitted) {
    this.deployment = deployment;
    this.state = state;
    this.clock = outside.clock();
    SpaceFloor floor =
        new SpaceFloor(deployment, List.of(spool.path(), state.path()), outside.freeInodes());
    this.inboxes = new Inboxes(deployment, spool, outside.accounts(), floor, outside.budget());
    this.claims = new Claims(spool);
    this.queue = queue;
    this.reception =
        new Reception(deployment, spool, state, outside, claims, queue, MAX_BYTES, admitted);
  }

  /**
   * What a scan has seen.
   *
   * @param ignored names outside the grammar, or of what cannot be moved, by origin
   * @param unserved origins whose inboxes could not be served, and why
   * @param left requests that wait in their inboxes because enough are claimed
   * @param unsettled claimed entries whose writers may not be done, or that are tried again, of the
   *     origins that are served
   * @param complete whether nothing was put off to the next scan: an inbox that rests since listing
   *     it takes long, an entry that came meanwhile, an origin whose turn was over
   * @param idle whether there was nothing to take in
   */
  public record Scan(
      Map<String, Integer> ignored,
      Map<String, Status.Unserved> unserved,
      int left,
      int unsettled,
      boolean complete,
      boolean idle) {

    /** Whether nothing is left to take in that can be. */
    public boolean isAllTaken() {
      return complete && left == 0 && unsettled == 0;
    }
  }

  /**
   * Takes up what was claimed but not understood, by an earlier runner or by a scan that the disk
   * failed.
   */
  public void adopt() throws IOException {
    alone(
        () -> {
          takeInLeftOver();
          return true;
        });
  }

  private void takeInLeftOver() throws IOException {
    Set<String> known = new HashSet<>();
    reception.unsettled().claims().forEach(claim -> known.add(claim.ticket()));
    try (DirectoryStream<Path> journals = Files.newDirectoryStream(state.journals())) {
      journals.forEach(journal -> known.add(journal.getFileName().toString()));
    }
    List<Claim> foreign = new ArrayList<>();
    for (Claim claim : claims.leftOver(known, clock.instant())) {
      if (deployment.origins().containsKey(claim.origin())) {
        reception.deferred().add(claim);
      } else {
        foreign.add(claim);
      }
    }
    reception.takeIn(foreign);
    for (String origin : deployment.origins().keySet()) {
      lookAgain(origin);
    }
  }

  /** Claims and examines what lies in the inboxes, after whoever is at it now. */
  public Scan scan() throws IOException {
    return alone(this::scanNow);
  }

  /** Claims and examines what lies in the inboxes, unless somebody is at it now. */
  public Optional<Scan> scanUnlessBusy() throws IOException {
    if (!lock.tryLock()) {
      return Optional.empty();
    }
    try {
      return Optional.of(scanNow());
    } finally {
      lock.unlock();
    }
  }

  /** Something that may fail on the disk. */
  @FunctionalInterface
  public interface Undisturbed<T> {
    /** Does it. */
    T call() throws IOException;
  }

  /** Does something while nothing is taken in. */
  public <T> T alone(Undisturbed<T> work) throws IOException {
    lock.lock();
    try {
      return work.call();
    } finally {
      lock.unlock();
    }
  }

  /**
   * What was done for one origin.
   *
   * @param tried how many entries are no longer in its inbox, or cannot be moved
   * @param again whether there is more that can be tried at once
   */
  private record Turn(int tried, boolean again) {
    private static final Turn NONE = new Turn(0, false);

    private Turn and(Turn other) {
      return new Turn(tried + other.tried, again || other.again);
    }
  }

  /** When inodes were used up between two looks, the next scan has to know. */
  private Scan scanNow() throws IOException {
    try {
      return takeIn();
    } catch (IOException e) {
      inboxes.lookAnew();
      throw e;
    }
  }

  private Scan takeIn() throws IOException {
    claims.tryAgain();
    Turn all = Turn.NONE;
    Duration longest = Duration.ZERO;
    for (String origin : inboxes.inTurn()) {
      lookAgain(origin);
      Duration resting = inboxes.rest(origin);
      if (resting.isZero()) {
        all = all.and(serve(origin));
      } else if (resting.compareTo(longest) > 0) {
        longest = resting;
      }
    }
    boolean complete = !all.again() && longest.isZero();
    nextScan = all.again() ? Duration.ZERO : complete ? null : longest;
    inboxes.lookAround(all.tried() == 0);
    return new Scan(
        Map.copyOf(ignored),
        inboxes.unserved(),
        left.values().stream().mapToInt(Integer::intValue).sum(),
        unsettled(),
        complete,
        all.tried() == 0);
  }

  private int unsettled() {
    int unsettled = 0;
    for (String origin : deployment.origins().keySet()) {
      if (!inboxes.unserved().containsKey(origin)) {
        unsettled += reception.unsettled().claims(origin).size();
        unsettled += reception.deferred().hopeful(origin);
      }
    }
    return unsettled;
  }

  /** Looks at the claims that were unsettled; reading each may take a moment. */
  private void lookAgain(String origin) throws IOException {
    BooleanSupplier mustYield = turn();
    List<Claim> again = new ArrayList<>(reception.unsettled().claims(origin));
    again.addAll(reception.deferred().due(origin));
    int from = 0;
    while (from < again.size() && !mustYield.getAsBoolean() && hasRoom(origin)) {
      int to = Math.min(from + AGAIN, again.size());
      reception.takeIn(again.subList(from, to));
      from = to;
    }
  }

  /** Begins an origin's turn, and says from then on when it is over; one alone has no turns. */
  private BooleanSupplier turn() {
    long end = System.nanoTime() + TURN.toNanos();
    return deployment.origins().size() == 1 ? () -> false : () -> System.nanoTime() - end >= 0;
  }

  private Turn serve(String origin) throws IOException {
    int room = Math.max(0, deployment.origin(origin).maxQueued() - claimed(origin));
    left.put(origin, 0);
    Optional<Inboxes.Listed> listed =
        inboxes.list(origin, claims::isUnmovable, room, clock, turn());
    if (listed.isEmpty()) {
      return new Turn(0, inboxes.isBeingListed(origin));
    }
    try (OpenDirectory inbox = listed.get().inbox()) {
      return serve(origin, inbox, listed.get().listing());
    }
  }

  private Turn serve(String origin, OpenDirectory inbox, Inbox.Listing listing) throws IOException {
    ignored.put(origin, listing.ignored());
    int count = listing.entries().size();
    Iterator<Inbox.Entry> entries = listing.entries().iterator();
    BooleanSupplier mustYield = turn();
    Turn done = Turn.NONE;
    boolean hasRoom = hasRoom(origin);
    while (entries.hasNext() && hasRoom && !done.again() && !mustYield.getAsBoolean()) {
      done = done.and(takeBatch(origin, inbox, entries, mustYield));
      hasRoom = hasRoom(origin);
    }
    boolean more = done.tried() < count && hasRoom;
    left.put(origin, listing.more() + count - done.tried());
    return new Turn(done.tried(), more || listing.late() > 0);
  }

  /**
   * Takes in some entries, until it is over with the origin's turn, at least one: a rename may take
   * a while. One that cannot be moved is soon tried again, and those behind it wait for that.
   */
  private Turn takeBatch(
      String origin, OpenDirectory inbox, Iterator<Inbox.Entry> entries, BooleanSupplier mustYield)
      throws IOException {
    List<Claim> batch = new ArrayList<>();
    int tried = 0;
    boolean stuck;
    try (OpenDirectory processing = inboxes.openProcessing()) {
      do {
        Inbox.Entry entry = entries.next();
        claims.take(origin, entry, inbox, processing, clock.instant()).ifPresent(batch::add);
        stuck = claims.isToBeTriedAgain(entry.path());
        tried += stuck ? 0 : 1;
      } while (entries.hasNext() && !stuck && tried < BATCH && !mustYield.getAsBoolean());
    }
    reception.takeIn(batch);
    return new Turn(tried, stuck);
  }

  private int claimed(String origin) {
    return queue.due(origin, clock.instant()).jobs()
        + reception.unsettled().claims(origin).size()
        + reception.deferred().size(origin);
  }

  private boolean hasRoom(String origin) throws IOException {
    return queue.due(origin, clock.instant()).bytes() < MAX_BYTES && inboxes.hasRoom(origin);
  }

  /** How soon {@link #scan} should be called again at the latest; null when nothing is due. */
  public @Nullable Duration nextLook() {
    return Stream.of(
            Optional.ofNullable(reception.unsettled().nextLook()),
            Optional.ofNullable(reception.deferred().nextLook()),
            Optional.ofNullable(nextScan))
        .flatMap(Optional::stream)
        .min(Duration::compareTo)
        .orElse(null);
  }

  /** Makes what was taken out of an inbox stay out of it after a power cut. */
  public void forceInbox(String origin) throws IOException {
    reception.forceInbox(origin);
  }

  /** Whether a claim's file is still where it was taken to. */
  public boolean isClaimed(String ticket) throws IOException {
    return claims.isTaken(ticket);
  }

  /** Whether a request, given by its origin and id, was taken in and has not ended. */
  public boolean isOpen(String origin, String id) {
    return reception.identity().isOpen(origin, id);
  }

  /** Learns of a job that an earlier runner admitted. */
  public void know(QueuedJob job) {
    reception.identity().opened(job.ticket(), job.accepted());
  }

  /** Removes what is left of a job whose result is told. */
  public void forget(String ticket) throws IOException {
    reception.identity().closed(ticket);
    claims.remove(ticket);
  }
}
