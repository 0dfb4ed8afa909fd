package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.Deployment;
import org.spoolway.durable.DurableFiles;
import org.spoolway.journal.JournalEntry.Accepted;
import org.spoolway.journal.JournalFile;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.spool.Examiner.Look;
import org.spoolway.spool.Examiner.Verdict;
import org.spoolway.upkeep.Budget;

/**
 * Where claims become jobs or are refused. What comes together is made durable together, and
 * nothing is told of it before.
 */
final class Reception {

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  private final Deployment deployment;
  private final SpoolDir spool;
  private final StateDir state;
  private final Clock clock;
  private final Budget budget;
  private final Examiner examiner;
  private final Claims claims;
  private final Refusals refusals;
  private final Identity identity;
  private final Settling unsettled;
  private final Deferred deferred = new Deferred();
  private final JobQueue queue;
  private final long maxBytes;
  private final Consumer<QueuedJob> admitted;

  Reception(
      Deployment deployment,
      SpoolDir spool,
      StateDir state,
      Intake.Outside outside,
      Claims claims,
      JobQueue queue,
      long maxBytes,
      Consumer<QueuedJob> admitted) {
    this.deployment = deployment;
    this.spool = spool;
    this.state = state;
    this.clock = outside.clock();
    this.budget = outside.budget();
    this.examiner =
        new Examiner(new Access(deployment.origins(), outside.accounts()), outside.accounts());
    this.claims = claims;
    ResultStore results = new ResultStore(spool);
    this.identity = new Identity(results);
    this.refusals = new Refusals(deployment.name(), spool, results, identity, claims, clock);
    this.unsettled = new Settling(deployment.settle(), System::nanoTime);
    this.queue = queue;
    this.maxBytes = maxBytes;
    this.admitted = admitted;
  }

  /** The claims that cannot be dealt with now. */
  Deferred deferred() {
    return deferred;
  }

  /** The entries whose writers may not be done. */
  Settling unsettled() {
    return unsettled;
  }

  /** Which requests there are. */
  Identity identity() {
    return identity;
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

    /** Of each there will be a short result; the entry itself is its owner's. */
    void spend() {
      refused.forEach(each -> budget.spend(each.claim().origin(), 1));
    }
  }

  private record Refused(Claim claim, Look look, Verdict.Refuse verdict) {}

  /** Takes claims in, those that are unsettled again included. */
  void takeIn(List<Claim> taken) throws IOException {
    Batch batch = new Batch();
    for (Claim claim : taken) {
      batch.origins.add(claim.origin());
      unlessRemoved(claim, () -> judge(claim, batch));
    }
    if (batch.jobs.isEmpty() && batch.refused.isEmpty()) {
      return;
    }
    batch.force();
    batch.spend();
    batch.jobs.forEach(admitted);
    // The journals have all of them by now.
    for (QueuedJob job : batch.jobs) {
      claims.remove(job.ticket());
    }
    for (Refused refused : batch.refused) {
      unlessRemoved(
          refused.claim(),
          () -> {
            refusals.refuse(refused.claim(), refused.look(), refused.verdict());
            deferred.forget(refused.claim());
          });
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
      forget(claim);
      deferred.forget(claim);
      claims.remove(claim.ticket());
    } catch (FileSystemException failed) {
      claims.requireSpace(failed);
      forget(claim);
      deferred.add(claim, failed);
    } catch (RuntimeException bug) {
      LOG.error("cannot examine {}; it stays claimed, and others are served", claim.ticket(), bug);
      forget(claim);
      deferred.forget(claim);
    }
  }

  private void forget(Claim claim) {
    unsettled.forget(claim);
    examiner.forget(claim);
  }

  private void judge(Claim claim, Batch batch) throws IOException {
    Look look = examiner.look(claim);
    Verdict verdict = examiner.examine(claim, look);
    if (!(verdict instanceof Verdict.Refuse)) {
      deferred.forget(claim);
    }
    if (verdict instanceof Verdict.Accept accept) {
      forget(claim);
      admit(claim, look, accept, batch);
    } else if (verdict instanceof Verdict.Later) {
      unsettled.postpone(claim, look);
    } else if (verdict instanceof Verdict.Refuse refuse) {
      forget(claim);
      batch.refused.add(new Refused(claim, look, refuse));
    } else if (verdict instanceof Verdict.NotYet notYet && unsettled.isOver(claim, look)) {
      forget(claim);
      Verdict.Refuse refuse = new Verdict.Refuse(notYet.problem(), notYet.message(), null, null);
      batch.refused.add(new Refused(claim, look, refuse));
    }
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
    return jobs >= deployment.origin(claim.origin()).maxQueued() || bytes >= maxBytes;
  }

  /**
   * Makes what was taken out of an inbox stay out of it after a power cut. One that was removed
   * meanwhile brings nothing back.
   */
  void forceInbox(String origin) throws IOException {
    try {
      DurableFiles.forceDirectory(spool.inbox(origin));
    } catch (NoSuchFileException removed) {
      LOG.debug("the inbox of {} is gone", origin);
    }
  }
}
