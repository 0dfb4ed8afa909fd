package org.spoolway.step;

import java.io.IOException;
import java.util.Map;
import org.spoolway.durable.DurableFiles;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.schema.SchemaJson;

/**
 * Shows the maintenance page. Its undo is the last act of going back, after the old release passed
 * the gate.
 */
final class MaintenanceOn implements Step {

  private final Site site;

  MaintenanceOn(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "maintenance-on";
  }

  @Override
  public Decision decide(Facts facts) {
    if (facts.from().isEmpty()) {
      return Decision.skip("nobody uses it yet");
    }
    if (site.isRunner()) {
      return Decision.skip("requests wait in their inboxes while one runner follows the other");
    }
    if (site.closesData(facts)) {
      return Decision.run("nobody must write while the data change");
    }
    if (facts.expands()) {
      return Decision.skip("the old release serves while the data change, since that only adds");
    }
    if (!site.hasService()) {
      return Decision.skip("no migration is pending and nothing is restarted");
    }
    if (site.deployment().service().handover()) {
      return Decision.skip("the old process serves until the new one does");
    }
    return site.keepsSocket()
        ? Decision.skip("systemd holds the socket while the service's process is replaced")
        : Decision.run("the service's port is closed for a moment while its process is replaced");
  }

  @Override
  public Evidence apply(Work work) throws IOException {
    show(work.facts());
    return Evidence.none();
  }

  /** Shows the page, also when it is shown already. */
  void show(Facts facts) throws IOException {
    Map<String, Object> content =
        Map.of(
            "deployment", site.deployment().name(),
            "request", facts.id().value(),
            "since", site.clock().instant());
    DurableFiles.replace(site.application().maintenance(), SchemaJson.pretty(content), "rw-r--r--");
  }

  @Override
  public void undo(Work work) throws IOException {
    DurableFiles.remove(site.application().maintenance());
  }
}
