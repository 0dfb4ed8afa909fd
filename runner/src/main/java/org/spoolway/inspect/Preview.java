package org.spoolway.inspect;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.spoolway.engine.Engine;
import org.spoolway.engine.Job;
import org.spoolway.host.Interruption;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry.Accepted;
import org.spoolway.journal.MemoryJournal;
import org.spoolway.plan.Planner;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.spool.QueuedJob;
import org.spoolway.step.Site;
import org.spoolway.step.Steps;
import org.spoolway.worker.Forecast;
import org.spoolway.worker.ResultReport;

/**
 * Works out what a request would do, without a queue and beside a living runner: a dry run whose
 * journal is on no disk, so that plan and execution can never differ in how they are made.
 */
public final class Preview {

  private static final RequestId ID = new RequestId("plan");

  private final Site site;
  private final Clock clock;

  /** Previews for one deployment. */
  public Preview(Site site) {
    this.site = site;
    this.clock = site.clock();
  }

  /** Whether an action is a job with steps; the others are not planned. */
  public static boolean hasPlan(Action action) {
    return switch (action) {
      case CHECK, UPDATE, ROLLBACK, RESTART, BACKUP, RESTORE, PRUNE -> true;
      case CANCEL, HOTFIX, MODULES -> false;
    };
  }

  /**
   * What a dry run of a request would tell, were it asked for now.
   *
   * @param origin through which it would be asked for, since that decides what is permitted
   * @param request a dry run
   * @param owner who looks
   * @throws IllegalArgumentException when the request is not a dry run, or has no plan
   */
  public Result of(String origin, Request request, Result.Owner owner) throws IOException {
    if (!request.dryRun()) {
      throw new IllegalArgumentException("only a dry run can be shown beforehand");
    }
    Instant now = clock.instant();
    Accepted accepted =
        new Accepted(
            now, origin, ID, ID.value(), new byte[0], RequestHash.of(request), now, owner, now);
    MemoryJournal journal = new MemoryJournal(accepted);
    Job job =
        new Job(
            request,
            new Planner(new Steps(site)).plan(request.action()),
            journal,
            (bytes, offset, length) -> {});
    Engine engine = new Engine(clock, Engine.Listener.NONE);
    engine.start(job, 0, site.known());
    JobProgress end = engine.carryOn(job, new Interruption());
    QueuedJob queued = new QueuedJob(ID.value(), accepted, request);
    Result.Expected expected = Forecast.of(site, request, end).orElse(null);
    return ResultReport.of(site.deployment().name(), queued, end, null, null, expected);
  }
}
