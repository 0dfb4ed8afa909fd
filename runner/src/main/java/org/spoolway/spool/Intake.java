package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.Deployment;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.Accounts;
import org.spoolway.journal.JournalEntry.Accepted;
import org.spoolway.journal.JournalFile;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.spool.Examiner.Look;
import org.spoolway.spool.Examiner.Verdict;

/**
 * Brings requests from the inboxes to the queue. One {@link #scan} does all there is to do and may
 * be called at any time, by anyone, as often as one likes: events only decide when.
 */
public final class Intake {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** After so many, what was claimed is made durable and may start. */
  private static final int BATCH = 64;

  private final SpoolDir spool;
  private final StateDir state;
  private final Clock clock;
  private final Examiner examiner;
  private final Claims claims;
  private final Refusals refusals;
  private final Identity identity;
  private final JobQueue queue;
  private final Limits limits;
  private final Consumer<QueuedJob> admitted;
  private final List<Inbox> inboxes = new ArrayList<>();
  private final Settling unsettled;
  private final Map<String, String> unlisted = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * How much of one origin's is taken in at once.
   *
   * @param due requests whose time has come; the rest wait in the inbox, unharmed
   * @param held requests that wait for their time; more are refused, since they would hold back
   *     what is behind them
   * @param bytes how much the requests of either kind may have together, since all are kept in
   *     memory; a batch more is taken in before it is noticed
   */
  public record Limits(int due, int held, long bytes) {
    /** What a runner keeps to. */
    public static final Limits STANDARD = new Limits(1000, 1000, 8 << 20);
  }

  /**
   * An intake for one deployment.
   *
   * @param queue where the jobs wait
   * @param admitted is given each request that became a job, once that survives a power cut; it
   *     queues it, sooner or later
   */
  public Intake(
      Deployment deployment,
      SpoolDir spool,
      StateDir state,
      Accounts accounts,
      Clock clock,
      Limits limits,
      JobQueue queue,
      Consumer<QueuedJob> admitted) {
    this.spool = spool;
    this.state = state;
    this.clock = clock;
    this.examiner = new Examiner(new Access(deployment.origins(), accounts), accounts);
    this.claims = new Claims(spool);
    ResultStore results = new ResultStore(spool);
    this.identity = new Identity(results);
    this.refusals = new Refusals(deployment.name(), spool, results, identity, claims, clock);
    this.unsettled = new Settling(deployment.settle());
    this.limits = limits;
    this.queue = queue;
    this.admitted = admitted;
    deployment.origins().keySet().forEach(o -> inboxes.add(new Inbox(o, spool.inbox(o))));
  }

  /**
   * What a scan has seen.
   *
   * @param ignored names outside the grammar, by origin
   * @param left requests that wait in their inboxes because enough are claimed
   * @param unsettled claimed entries whose writers may not be done
   */
  public record Scan(Map<String, Integer> ignored, int left, int unsettled) {}

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
    unsettled.claims().forEach(claim -> known.add(claim.ticket()));
    try (DirectoryStream<Path> journals = Files.newDirectoryStream(state.journals())) {
      journals.forEach(journal -> known.add(journal.getFileName().toString()));
    }
    takeIn(claims.leftOver(known, clock.instant()));
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

  private Scan scanNow() throws IOException {
    takeIn(unsettled.claims());
    Map<String, Integer> ignored = new HashMap<>();
    int left = 0;
    for (Inbox inbox : inboxes) {
      Inbox.Listing listing = listing(inbox);
      ignored.put(inbox.origin(), listing.ignored());
      left += listing.more();
      List<Inbox.Entry> entries = listing.entries();
      while (!entries.isEmpty() && hasRoom(inbox.origin())) {
        int to = Math.min(BATCH, entries.size());
        takeIn(claim(inbox, entries.subList(0, to)));
        entries = entries.subList(to, entries.size());
      }
      left += entries.size();
    }
    return new Scan(ignored, left, unsettled.size());
  }

  private boolean hasRoom(String origin) {
    return queue.due(origin, clock.instant()).bytes() < limits.bytes();
  }

  private Inbox.Listing listing(Inbox inbox) {
    String origin = inbox.origin();
    Instant now = clock.instant();
    int due = queue.due(origin, now).jobs();
    try {
      Inbox.Listing listing =
          inbox.list(Math.max(0, limits.due() - due - unsettled.size(origin)), now);
      if (unlisted.remove(origin) != null) {
        LOG.info("the inbox of {} can be listed again", origin);
      }
      return listing;
    } catch (IOException e) {
      if (!e.toString().equals(unlisted.put(origin, e.toString()))) {
        LOG.error("cannot list the inbox of {}: {}; the others are served", origin, e.toString());
      }
      return new Inbox.Listing(List.of(), 0, 0);
    }
  }

  private List<Claim> claim(Inbox inbox, List<Inbox.Entry> entries) throws IOException {
    List<Claim> taken = new ArrayList<>();
    for (Inbox.Entry entry : entries) {
      claims.take(inbox.origin(), entry, clock.instant()).ifPresent(taken::add);
    }
    return taken;
  }

  /** Claims that are made durable together. */
  private final class Batch {
    private final Set<String> origins = new HashSet<>();
    private final List<QueuedJob> jobs = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();

    /**
     * The journals' names are forced before the inboxes': a request is in one or the other, or in
     * both, never in none. Nothing is told of one that a power cut could bring back to its inbox.
     */
    void force() throws IOException {
      if (!jobs.isEmpty()) {
        DurableFiles.forceDirectory(state.journals());
      }
      for (String origin : origins) {
        forceInbox(origin);
      }
    }
  }

  private record Refused(Claim claim, Look look, Verdict.Refuse verdict) {}

  private void takeIn(List<Claim> taken) throws IOException {
    Batch batch = new Batch();
    for (Claim claim : taken) {
      batch.origins.add(claim.origin());
      unlessRemoved(claim, () -> judge(claim, batch));
    }
    if (batch.jobs.isEmpty() && batch.refused.isEmpty()) {
      return;
    }
    batch.force();
    batch.jobs.forEach(admitted);
    for (Refused refused : batch.refused) {
      unlessRemoved(
          refused.claim(),
          () -> refusals.refuse(refused.claim(), refused.look(), refused.verdict()));
    }
  }

  @FunctionalInterface
  private interface ClaimWork {
    void run() throws IOException;
  }

  private void unlessRemoved(Claim claim, ClaimWork work) throws IOException {
    try {
      work.run();
    } catch (NoSuchFileException missing) {
      if (Files.exists(claim.file(), LinkOption.NOFOLLOW_LINKS)) {
        throw missing;
      }
      LOG.warn("claim {} was removed from outside; there is nothing to carry out", claim.ticket());
      unsettled.forget(claim);
      claims.remove(claim.ticket());
    } catch (RuntimeException bug) {
      LOG.error("cannot examine {}; it stays claimed, and others are served", claim.ticket(), bug);
      unsettled.forget(claim);
    }
  }

  private void judge(Claim claim, Batch batch) throws IOException {
    Look look = examiner.look(claim);
    Verdict verdict = examiner.examine(claim, look);
    if (verdict instanceof Verdict.Accept accept) {
      unsettled.forget(claim);
      admit(claim, look, accept, batch);
    } else if (verdict instanceof Verdict.Refuse refuse) {
      unsettled.forget(claim);
      batch.refused.add(new Refused(claim, look, refuse));
    } else if (verdict instanceof Verdict.NotYet notYet && unsettled.isOver(claim, look)) {
      unsettled.forget(claim);
      Verdict.Refuse refuse = new Verdict.Refuse(notYet.problem(), notYet.message(), null, null);
      batch.refused.add(new Refused(claim, look, refuse));
    }
  }

  /** How soon {@link #scan} should look at an unsettled entry again; null when there is none. */
  public @Nullable Duration nextLook() {
    return unsettled.nextLook();
  }

  private void admit(Claim claim, Look look, Verdict.Accept accept, Batch batch)
      throws IOException {
    Identity.Choice choice = identity.choose(claim, accept);
    if (choice instanceof Identity.Choice.Taken) {
      String message =
          "cannot take "
              + claim.shown()
              + ": id "
              + accept.request().id()
              + " stands for another request";
      Verdict.Refuse refuse = new Verdict.Refuse(Problem.ID_TAKEN, message, null, accept.sha256());
      batch.refused.add(new Refused(claim, look, refuse));
    } else if (choice instanceof Identity.Choice.Same same) {
      LOG.info("{} is request {} again; nothing to do", claim.shown(), same.id());
      claims.remove(claim.ticket());
    } else if (choice instanceof Identity.Choice.New && holdsTooMany(claim, accept, batch)) {
      String message =
          "cannot hold "
              + claim.shown()
              + ": as many requests of "
              + claim.origin()
              + " as may be wait for their time already";
      Verdict.Refuse refuse =
          new Verdict.Refuse(Problem.TOO_MANY_HELD, message, accept.request(), accept.sha256());
      batch.refused.add(new Refused(claim, look, refuse));
    } else if (choice instanceof Identity.Choice.New fresh) {
      Accepted accepted =
          new Accepted(
              claim.claimedAt(),
              claim.origin(),
              fresh.id(),
              claim.name(),
              accept.content(),
              accept.sha256(),
              claim.order().time(),
              look.owner(),
              claim.submittedAt());
      JournalFile.create(state.journal(claim.ticket()), accepted).close();
      identity.opened(claim.ticket(), accepted);
      batch.jobs.add(new QueuedJob(claim.ticket(), accepted, accept.request()));
    }
  }

  private boolean holdsTooMany(Claim claim, Verdict.Accept accept, Batch batch) {
    Instant now = clock.instant();
    if (!accept.request().isHeld(now)) {
      return false;
    }
    JobQueue.Load held = queue.held(claim.origin(), now);
    int jobs = held.jobs();
    long bytes = held.bytes();
    for (QueuedJob job : batch.jobs) {
      if (job.accepted().origin().equals(claim.origin()) && job.isHeld(now)) {
        jobs++;
        bytes += job.accepted().content().length;
      }
    }
    return jobs >= limits.held() || bytes >= limits.bytes();
  }

  /** Makes what was taken out of an inbox stay out of it after a power cut. */
  public void forceInbox(String origin) throws IOException {
    DurableFiles.forceDirectory(spool.inbox(origin));
  }

  /** Whether a claim's file is still where it was taken to. */
  public boolean isClaimed(String ticket) throws IOException {
    return claims.isTaken(ticket);
  }

  /** Learns of a job that an earlier runner admitted. */
  public void know(QueuedJob job) {
    identity.opened(job.ticket(), job.accepted());
  }

  /** Removes what is left of a job whose result is told. */
  public void forget(String ticket) throws IOException {
    identity.closed(ticket);
    claims.remove(ticket);
  }
}
