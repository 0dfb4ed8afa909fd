package org.spoolway.step;

import org.spoolway.deployment.Deployment.Event;
import org.spoolway.deployment.Deployment.Notification;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;

/**
 * Says whether people learn of the success. They are told by the worker, of this end as of every
 * other: only once the job has ended is it known what there is to tell.
 */
final class Notify implements Step {

  private final Site site;

  Notify(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "notify";
  }

  @Override
  public boolean undoable() {
    return false;
  }

  @Override
  public Decision decide(Facts facts) {
    Notification notification = site.deployment().notification();
    if (notification.isSilent()) {
      return Decision.skip("`notify` names no command, no webhook and no mail");
    }
    return notification.on().contains(Event.SUCCEEDED)
        ? Decision.run("people should learn of it without asking")
        : Decision.skip("`notify.on` does not have \"succeeded\"");
  }

  @Override
  public Evidence apply(Work work) {
    return Evidence.detail("people are told as soon as this job has ended");
  }
}
