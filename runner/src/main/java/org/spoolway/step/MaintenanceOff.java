package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Files;
import org.spoolway.durable.DurableFiles;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;

/** Lets users in again. */
final class MaintenanceOff implements Step {

  private final Site site;

  MaintenanceOff(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "maintenance-off";
  }

  @Override
  public Decision decide(Facts facts) {
    boolean shown =
        new MaintenanceOn(site).decide(facts).needed()
            || Files.exists(site.application().maintenance());
    return shown ? Decision.run("the new release is healthy") : Decision.skip("no page is shown");
  }

  @Override
  public Evidence apply(Work work) throws IOException {
    DurableFiles.remove(site.application().maintenance());
    return Evidence.none();
  }

  /** Going back is noticed as much as going forward was. */
  @Override
  public void undo(Work work) throws IOException {
    MaintenanceOn page = new MaintenanceOn(site);
    if (page.decide(work.facts()).needed()) {
      page.show(work.facts());
    }
  }
}
