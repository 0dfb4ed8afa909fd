package org.spoolway.step;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Step.Observation;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.supervision.Handover;
import org.spoolway.supervision.Rest;

/**
 * Before this process is replaced, the jobs that it has in hand for other deployments end as they
 * would without that: none is undone for it. Requests go on being left in their inboxes.
 */
final class RestOthers implements Step {

  private final Handover handover;
  private final Rest rest;
  private final String deployment;

  RestOthers(Site site) {
    this.handover = site.ports().handover();
    this.rest = site.ports().rest();
    this.deployment = site.deployment().name();
  }

  @Override
  public String name() {
    return "stop";
  }

  @Override
  public Decision decide(Facts facts) {
    return Decision.run("jobs of other deployments end first; what waits is for the next runner");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException {
    handover.requireReplaceable(work.facts().to());
    work.interruption().check("wait for the jobs of other deployments");
    CompletableFuture<Void> alone = rest.begin(deployment);
    work.progress().at(null, "waiting for the jobs of other deployments");
    try {
      CompletableFuture.anyOf(alone, work.interruption().signal()).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker's thread is never interrupted", e);
    }
    work.interruption().check("wait for the jobs of other deployments");
    return Evidence.detail("no other deployment has a job in hand");
  }

  @Override
  public void undo(Work work) {
    rest.end();
  }

  /** A process that was replaced since has asked nobody. */
  @Override
  public Observation observe(Facts facts) {
    return rest.waking().isPresent() ? Observation.PRESENT : Observation.ABSENT;
  }
}
