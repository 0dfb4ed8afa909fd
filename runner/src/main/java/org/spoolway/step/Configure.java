package org.spoolway.step;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.hostfile.FileChange;
import org.spoolway.hostfile.HostConfiguration;
import org.spoolway.hostfile.HostFile;
import org.spoolway.hostfile.HostFileStore;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;

/**
 * Brings what a release ships for systemd and the proxy to where these read it. It is made durable
 * how everything was before, and its undo puts that back.
 */
final class Configure implements Step {

  private final Site site;
  private final HostFileStore store;
  private final HostConfiguration configuration;

  Configure(Site site) {
    this.site = site;
    this.store = new HostFileStore(site.state());
    this.configuration = site.ports().configuration();
  }

  @Override
  public String name() {
    return "configure";
  }

  @Override
  public Decision decide(Facts facts) throws ProblemException, IOException {
    // Whoever restarts may have changed a unit by hand and want just that.
    if (facts.request().action() == Action.RESTART && !store.isEmpty()) {
      return Decision.skip("a restart leaves alone what is there");
    }
    List<FileChange> changes = store.changes(new ReleaseHostFiles(site).of(facts));
    return changes.isEmpty()
        ? Decision.skip("units and proxy are as this release wants them")
        : Decision.run(
            changes.stream().map(FileChange::summary).collect(Collectors.joining(", ")),
            changes.stream().map(FileChange::diff).collect(Collectors.joining("\n")));
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    List<HostFile> wanted = new ReleaseHostFiles(site).of(work.facts());
    List<FileChange> changes = store.changes(wanted);
    changes.forEach(change -> work.say(change.diff()));
    store.save(work.facts().sequence(), changes);
    configuration.disable(units(changes, change -> change.after() == null));
    store.make(changes, wanted);
    configuration.reload(FileChange.readers(changes));
    configuration.enable(units(changes, change -> change.before() == null));
    return Evidence.none();
  }

  @Override
  public void undo(Work work) throws ProblemException, IOException {
    List<FileChange> saved = store.saved(work.facts().sequence());
    if (saved.isEmpty()) {
      return;
    }
    configuration.disable(units(saved, change -> change.before() == null));
    store.putBack(work.facts().sequence());
    configuration.reload(FileChange.readers(saved));
    configuration.enable(units(saved, change -> change.after() == null));
  }

  private List<String> units(List<FileChange> changes, Predicate<FileChange> which) {
    return FileChange.units(changes.stream().filter(which).toList(), configuration.directories());
  }
}
