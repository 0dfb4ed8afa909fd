package org.spoolway.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.host.Accounts;
import org.spoolway.layout.SpoolDir;
import org.spoolway.metrics.MetricsFile;
import org.spoolway.outbox.Notices;
import org.spoolway.plan.Planner;
import org.spoolway.problem.Problem;
import org.spoolway.schema.Action;
import org.spoolway.schema.Result;
import org.spoolway.schema.Status;
import org.spoolway.spool.Intake;
import org.spoolway.spool.JobQueue;
import org.spoolway.spool.QueuedJob;
import org.spoolway.spool.ResultStore;
import org.spoolway.step.Site;
import org.spoolway.step.Steps;
import org.spoolway.upkeep.Budget;
import org.spoolway.upkeep.Upkeep;

/**
 * Works one deployment's queue, one job at a time, until it is stopped or, when draining, until
 * nothing is left. The caller holds the deployment's lock.
 */
public final class Worker {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /**
   * After the disk failed; long enough not to fill the log, short enough to serve soon once cured.
   */
  static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

  /** While the other thread takes requests in; each that it has taken in ends the wait. */
  private static final Duration WHILE_TAKEN_IN = Duration.ofMillis(50);

  /** Below so many waiting jobs, more are fetched from a full inbox. */
  private static final int LOW_WATER = 200;

  private final Site site;
  private final SpoolDir spool;
  private final Clock clock;
  private final Mode mode;
  private final JobQueue queue;
  private final InHand inHand = new InHand();
  private final RecoveryTrouble trouble;
  private final LifeSign lifeSign = new LifeSign(System::nanoTime);
  private final ScheduledExecutorService timer = TellerThread.make();
  private final StatusBoard board;
  private final Intake intake;
  private final Desk desk;
  private final WaitingList waitingList;
  private final JobRunner runner;
  private final Cancellation cancellation;
  private final BrokenUndo brokenUndo;
  private final ServiceKeeper keeper;
  private final OwnRequests ownRequests;
  private final SequenceCounter sequences;
  private final Pickup pickup;
  private final Upkeep upkeep;
  private final Notices notices;
  private volatile boolean recovering;
  private volatile boolean retiring;
  private Map<String, Status.Unserved> unserved = Map.of();

  /** What a worker does when nothing is left to do. */
  public enum Mode {
    /** It waits for more. */
    SERVE,
    /** It ends. */
    DRAIN
  }

  /** How new requests are noticed. */
  public enum Watch {
    /** By the kernel's events, where they can be had. */
    AUTO,
    /** By looking now and then. */
    OFF
  }

  /**
   * What a recovery did.
   *
   * @param carried how each job stands that was cut short; one that is not terminal waits again
   * @param repaired whether an undo that had failed before is complete now
   * @param broken the undo that fails still, so that people are needed
   */
  public record Recovered(List<Result> carried, boolean repaired, Optional<Status.Broken> broken) {}

  /** What a recovery does about an undo that has failed. */
  public enum Repair {
    /** It tries it again. */
    TRY_AGAIN,
    /** It takes it as done by hand, and goes on with what is to be undone after it. */
    TAKE_AS_DONE,
    /**
     * It leaves that to the runner, and what starts services too: while the host starts, these wait
     * for this recovery.
     */
    LEAVE_TO_RUNNER
  }

  /** A worker for one deployment. */
  public Worker(
      Site site,
      SpoolDir spool,
      Accounts accounts,
      Status.Runner self,
      Mode mode,
      JournalWrapper wrapper,
      Notices notices)
      throws IOException {
    this.site = site;
    this.spool = spool;
    this.clock = site.clock();
    this.mode = mode;
    this.trouble = new RecoveryTrouble(site.deployment().name(), AFTER_FAILURE);
    this.queue = new JobQueue(List.copyOf(site.deployment().origins().keySet()));
    this.notices = notices;
    MetricsFile metrics = Meter.of(site, queue, accounts, timer);
    this.board = new StatusBoard(site, spool, queue, timer, self, notices, metrics);
    Budget budget = new Budget(site.deployment());
    this.intake =
        new Intake(
            site.deployment(),
            spool,
            site.state(),
            new Intake.Outside(accounts, site.ports().freeInodes(), clock, budget),
            queue,
            this::admit);
    this.desk = new Desk(site, spool, intake, queue, board, budget, notices);
    this.waitingList = new WaitingList(desk, timer);
    this.sequences = new SequenceCounter(site.state().sequence());
    Planner planner = new Planner(new Steps(site));
    this.runner = new JobRunner(site, spool, planner, desk, sequences, wrapper, inHand, timer);
    this.brokenUndo = new BrokenUndo(site, spool, planner, wrapper, desk);
    this.cancellation = new Cancellation(site, queue, inHand, desk, sequences);
    this.keeper = new ServiceKeeper(site, board);
    this.ownRequests = new OwnRequests(site, spool, intake::isOpen, board, mode);
    this.upkeep = new Upkeep(site.deployment(), spool, intake::isOpen, clock, budget);
    this.pickup = new Pickup(site.deployment().name(), intake, board, inHand, this::recoverSoon);
  }

  /**
   * Works until stopped or drained. Never ends because of a job; only {@link #stop} or an empty
   * queue ends it.
   *
   * @return the inboxes that could not be drained, by origin
   */
  public Map<String, Status.Unserved> run(Watch watch) throws IOException {
    try (Wakeup wakeup = Wakeup.of(site.deployment(), spool, watch)) {
      board.watching(wakeup.mode());
      Heartbeat.start(board, lifeSign, timer);
      recover();
      upkeep.start();
      notices.start(board::showSoon);
      if (!isEnding()) {
        pickup.start(wakeup);
        lifeSign.serves();
      }
      while (!isEnding() && step()) {
        pickup.requireAlive();
      }
      notices.awaitRest(() -> mode == Mode.SERVE || inHand.stopping());
    } finally {
      notices.close();
      upkeep.close();
      TellerThread.end(timer);
      pickup.awaitEnd();
    }
    pickup.requireAlive();
    sequences.close();
    waitingList.tellAll();
    board.showLast();
    return unserved;
  }

  /**
   * Brings to a decision what an earlier runner left, and starts nothing: what waits stays queued.
   * Called instead of {@link #run}, not beside it.
   *
   * @throws IOException when the disk fails; it can be called again
   */
  public Recovered recoverOnly(Repair repair) throws IOException {
    inHand.stop();
    if (repair == Repair.TAKE_AS_DONE && BrokenUndo.isIn(site.state())) {
      brokenUndo.takeAsDone();
    }
    Recovered done = decideWhatWasLeft(repair);
    sequences.close();
    waitingList.tellAll();
    board.showLast();
    return done;
  }

  /** Ends once the job in hand is over; what waits is for the next worker. From any thread. */
  public void retire() {
    retiring = true;
    queue.disturb();
  }

  /**
   * Ends soon: the job in hand is finished or undone as a restart would. May be called from any
   * thread.
   */
  public void stop() {
    inHand.stop();
    queue.disturb();
    notices.hurry();
  }

  /** Whether it gets on. */
  public LifeSign lifeSign() {
    return lifeSign;
  }

  /** What it does for a request, such as {@code update to 1.2.0}; empty when nothing. */
  public Optional<String> doing() {
    return board.doing();
  }

  private boolean isEnding() {
    return inHand.stopping() || retiring;
  }

  private void recover() {
    while (!isEnding()) {
      try {
        recovering = false;
        decideWhatWasLeft(Repair.TRY_AGAIN);
        return;
      } catch (IOException | RuntimeException e) {
        if (trouble.tell(e)) {
          lifeSign.serves();
        }
        inHand.pause(AFTER_FAILURE);
      }
    }
  }

  private Recovered decideWhatWasLeft(Repair repair) throws IOException {
    return lifeSign.during(() -> intake.alone(() -> restart(repair)));
  }

  private Recovered restart(Repair repair) throws IOException {
    cancellation.forgetWishes();
    ResultStore results = new ResultStore(spool);
    Recovered done =
        new Restart(site, intake, results, desk, runner, brokenUndo, this::admit).run(repair);
    ownRequests.lookAgain();
    board.changed();
    return done;
  }

  /**
   * Does one thing: a job, or a wait.
   *
   * @return whether to go on
   */
  private boolean step() {
    lifeSign.pass();
    try {
      if (recovering) {
        recover();
        return true;
      }
      keeper.keepServing();
      Optional<QueuedJob> job = inHand.take(this::next);
      if (job.isPresent()) {
        lifeSign.during(() -> runOne(job.get()));
        refill();
        return true;
      }
      return waitForMore();
    } catch (IOException | RuntimeException e) {
      LOG.error(
          "cannot go on with {}; recovering in {} s",
          site.deployment().name(),
          AFTER_FAILURE.toSeconds(),
          e);
      inHand.pause(AFTER_FAILURE);
      recover();
      return true;
    }
  }

  private Optional<QueuedJob> next() {
    return runner.leftOff().or(() -> isPaused() ? Optional.empty() : queue.take(clock.instant()));
  }

  private Optional<Result> runOne(QueuedJob job) throws IOException {
    Optional<Result> end;
    try {
      end = carryOut(job);
    } finally {
      inHand.end();
      ownRequests.lookAgain();
    }
    if (end.isPresent()) {
      cancellation.ended(job, end.get());
    }
    return end;
  }

  /** Carries out a job, and says how it ended when somebody may have asked it to end. */
  private Optional<Result> carryOut(QueuedJob job) throws IOException {
    if (job.request().action() == Action.CANCEL) {
      cancel(job);
      return Optional.empty();
    }
    if (!brokenUndo.repair() && job.request().action() != Action.CHECK) {
      String broken = BrokenUndo.look(site.state()).map(b -> b.id().value()).orElse("a job");
      return Optional.of(
          desk.endBeforeStart(
              job,
              Problem.UNDO_PENDING,
              "cannot start " + job.accepted().id() + ": " + broken + " is still to be undone"));
    }
    Result end = runner.run(job);
    keeper.lookSoon();
    return Optional.of(end);
  }

  private void refill() throws IOException {
    if (pickup.left() > 0 && queue.size() < LOW_WATER) {
      pickup.scanUnlessBusy();
    }
  }

  private boolean waitForMore() throws IOException {
    Optional<Intake.Scan> scan = pickup.scanUnlessBusy();
    boolean drained = scan.isPresent() && scan.get().isAllTaken() && !isDue();
    if (mode == Mode.DRAIN && drained) {
      unserved = scan.get().unserved();
      return false;
    }
    if (brokenUndo.isToBeTriedAgain() && lifeSign.during(brokenUndo::repair)) {
      ownRequests.lookAgain();
      board.changed();
    }
    keeper.tick();
    board.lookAtPause();
    if (scan.isEmpty()) {
      queue.await(WHILE_TAKEN_IN);
    } else if (!isDue()) {
      ownRequests.tend();
      queue.await(
          Patience.of(
              clock.instant(), isPaused(), keeper.hasWork(), intake.nextLook(), queue.nextDue()));
    }
    return true;
  }

  private boolean isPaused() {
    return Files.exists(site.state().paused());
  }

  private boolean isDue() {
    return queue.hasDue(clock.instant()) && !isPaused();
  }

  private void recoverSoon() {
    recovering = true;
    queue.disturb();
  }

  private void admit(QueuedJob job) {
    if (job.request().action() == Action.CANCEL && !job.isHeld(clock.instant())) {
      cancel(job);
      return;
    }
    queue.offer(job);
    waitingList.add(job);
    board.showSoon();
  }

  /** One that the disk fails is taken up again by recovery, from its journal. */
  private void cancel(QueuedJob job) {
    try {
      cancellation.carryOutSafely(job);
    } catch (IOException e) {
      LOG.error("cannot carry out {}: {}", job.accepted().id(), e.toString());
      recoverSoon();
    }
  }
}
