package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
import java.util.function.ToIntFunction;
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

  /** So many requests of an origin are claimed at once; the rest wait in the inbox, unharmed. */
  private static final int MOST_CLAIMED = 1000;

  /** After so many, what was claimed is made durable and may start. */
  private static final int BATCH = 64;

  private final Deployment deployment;
  private final SpoolDir spool;
  private final StateDir state;
  private final Clock clock;
  private final Examiner examiner;
  private final Claims claims;
  private final Refusals refusals;
  private final ResultStore results;
  private final ToIntFunction<String> waiting;
  private final Consumer<QueuedJob> admitted;
  private final List<Inbox> inboxes = new ArrayList<>();
  private final Map<Claim, Unsettled> unsettled = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * An intake for one deployment.
   *
   * @param waiting how many jobs of an origin wait in the queue
   * @param admitted is given each request that became a job, once that survives a power cut
   */
  public Intake(
      Deployment deployment,
      SpoolDir spool,
      StateDir state,
      Accounts accounts,
      Clock clock,
      ToIntFunction<String> waiting,
      Consumer<QueuedJob> admitted) {
    this.deployment = deployment;
    this.spool = spool;
    this.state = state;
    this.clock = clock;
    this.examiner = new Examiner(new Access(deployment.origins(), accounts), accounts);
    this.claims = new Claims(spool);
    this.results = new ResultStore(spool);
    this.refusals = new Refusals(deployment.name(), spool, results, claims, clock);
    this.waiting = waiting;
    this.admitted = admitted;
    deployment.origins().keySet().forEach(o -> inboxes.add(new Inbox(o, spool.inbox(o))));
  }

  /** An entry whose writer may not be done: as it looked, and since when it has looked so. */
  private record Unsettled(Look look, long sinceNanos) {}

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
    unsettled.keySet().forEach(claim -> known.add(claim.ticket()));
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
    lookAgain();
    Map<String, Integer> ignored = new HashMap<>();
    int left = 0;
    for (Inbox inbox : inboxes) {
      Inbox.Listing listing = list(inbox);
      ignored.put(inbox.origin(), listing.ignored());
      left += listing.more();
      for (int from = 0; from < listing.entries().size(); from += BATCH) {
        int to = Math.min(from + BATCH, listing.entries().size());
        takeIn(claim(inbox, listing.entries().subList(from, to)));
      }
    }
    return new Scan(ignored, left, unsettled.size());
  }

  private Inbox.Listing list(Inbox inbox) throws IOException {
    long settling =
        unsettled.keySet().stream().filter(c -> c.origin().equals(inbox.origin())).count();
    int room = MOST_CLAIMED - waiting.applyAsInt(inbox.origin()) - (int) settling;
    return inbox.list(Math.max(0, room), clock.instant());
  }

  private List<Claim> claim(Inbox inbox, List<Inbox.Entry> entries) throws IOException {
    List<Claim> taken = new ArrayList<>();
    for (Inbox.Entry entry : entries) {
      claims.take(inbox.origin(), entry, clock.instant()).ifPresent(taken::add);
    }
    return taken;
  }

  /**
   * The journals' names are forced before the inboxes': a request is in one or the other, or in
   * both, never in none.
   */
  private void takeIn(List<Claim> taken) throws IOException {
    Batch batch = new Batch();
    Set<String> origins = new HashSet<>();
    for (Claim claim : taken) {
      origins.add(claim.origin());
      examine(claim, batch);
    }
    if (!batch.jobs.isEmpty()) {
      DurableFiles.forceDirectory(state.journals());
      for (String origin : origins) {
        DurableFiles.forceDirectory(spool.inbox(origin));
      }
      batch.jobs.forEach(admitted);
    }
  }

  private static final class Batch {
    final List<QueuedJob> jobs = new ArrayList<>();
    final Map<String, String> ids = new HashMap<>();
  }

  private void lookAgain() throws IOException {
    Batch batch = new Batch();
    for (Claim claim : List.copyOf(unsettled.keySet())) {
      examine(claim, batch);
    }
    if (!batch.jobs.isEmpty()) {
      DurableFiles.forceDirectory(state.journals());
      batch.jobs.forEach(admitted);
    }
  }

  private void examine(Claim claim, Batch batch) throws IOException {
    try {
      judge(claim, batch);
    } catch (NoSuchFileException missing) {
      if (Files.exists(claim.file(), LinkOption.NOFOLLOW_LINKS)) {
        throw missing;
      }
      LOG.warn("claim {} was removed from outside; there is nothing to carry out", claim.ticket());
      unsettled.remove(claim);
      claims.remove(claim.ticket());
    }
  }

  private void judge(Claim claim, Batch batch) throws IOException {
    Look look = examiner.look(claim);
    Verdict verdict = examiner.examine(claim, look);
    if (verdict instanceof Verdict.Accept accept) {
      unsettled.remove(claim);
      admit(claim, look, accept, batch);
    } else if (verdict instanceof Verdict.Refuse refuse) {
      unsettled.remove(claim);
      refusals.refuse(claim, look, refuse);
    } else if (verdict instanceof Verdict.NotYet notYet && isSettled(claim, look)) {
      unsettled.remove(claim);
      refusals.refuse(
          claim, look, new Verdict.Refuse(notYet.problem(), notYet.message(), null, null));
    }
  }

  /**
   * Age alone is no proof, since times can be set: what counts is that we have seen no change for a
   * while.
   */
  private boolean isSettled(Claim claim, Look look) {
    Unsettled before = unsettled.get(claim);
    if (before == null || !before.look().equals(look)) {
      unsettled.put(claim, new Unsettled(look, System.nanoTime()));
      return false;
    }
    return System.nanoTime() - before.sinceNanos() >= deployment.settle().toNanos();
  }

  /** When {@link #scan} should look at an unsettled entry again; null when there is none. */
  public @Nullable Duration nextLook() {
    long now = System.nanoTime();
    long settle = deployment.settle().toNanos();
    return unsettled.values().stream()
        .map(
            u ->
                Duration.ofNanos(
                    Math.max(1_000_000, Math.min(settle / 4, u.sinceNanos() + settle - now))))
        .min(Duration::compareTo)
        .orElse(null);
  }

  private void admit(Claim claim, Look look, Verdict.Accept accept, Batch batch)
      throws IOException {
    Identity.Choice choice = new Identity(results).choose(claim, accept, batch.ids);
    if (choice instanceof Identity.Choice.Taken) {
      String message =
          "cannot take "
              + claim.name()
              + ": id "
              + accept.request().id()
              + " stands for another request";
      refusals.refuse(
          claim, look, new Verdict.Refuse(Problem.ID_TAKEN, message, null, accept.sha256()));
    } else if (choice instanceof Identity.Choice.Same same) {
      LOG.info("{} is request {} again; nothing to do", claim.name(), same.id());
      claims.remove(claim.ticket());
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
      batch.ids.put(claim.origin() + "/" + fresh.id(), accept.sha256());
      batch.jobs.add(new QueuedJob(claim.ticket(), accepted, accept.request()));
    }
  }

  /** Removes what is left of a job whose result is told. */
  public void forget(String ticket) throws IOException {
    claims.remove(ticket);
  }
}
