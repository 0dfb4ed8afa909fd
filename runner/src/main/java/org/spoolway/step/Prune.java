package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.spoolway.deployment.History;
import org.spoolway.deployment.Snapshots.Snapshot;
import org.spoolway.deployment.Trees;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Version;

/** Removes what nothing needs any more; {@link Retention} says what that is. */
final class Prune implements Step {

  private final Site site;

  Prune(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "prune";
  }

  @Override
  public boolean undoable() {
    return false;
  }

  @Override
  public Decision decide(Facts facts) {
    return Decision.run(
        "kept are "
            + site.deployment().keep().releases()
            + " releases, "
            + site.deployment().keep().snapshots()
            + " snapshots, and snapshots younger than "
            + site.deployment().keep().days()
            + " days");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Retention retention = retention(work.facts());
    List<String> removed = new ArrayList<>();
    for (Version version : retention.releasesToRemove(site.releases().sealed())) {
      site.releases().remove(version);
      removed.add("release " + version);
    }
    for (String name : site.snapshots().goOnRemoving()) {
      removed.add("snapshot " + name);
    }
    for (Snapshot snapshot : retention.snapshotsToRemove(site.snapshots().all())) {
      site.snapshots().remove(snapshot.name());
      removed.add("snapshot " + snapshot.name());
    }
    Optional<String> usedUp = work.facts().fact(Evidence.USED_UP);
    if (usedUp.isPresent()) {
      site.snapshots().remove(usedUp.get());
    }
    removePartialReleases(removed);
    return Evidence.detail(
        removed.isEmpty() ? "nothing to remove" : "removed " + String.join(", ", removed));
  }

  private Retention retention(Facts facts) throws IOException {
    Way back = wayBack(facts);
    List<Version> needed = new ArrayList<>();
    site.current().version().ifPresent(needed::add);
    Version serving = site.ports().services().state().version();
    if (serving != null) {
      needed.add(serving);
    }
    back.release().ifPresent(needed::add);
    facts.from().ifPresent(needed::add);
    List<String> snapshots = new ArrayList<>(back.snapshot().stream().toList());
    facts.fact(Evidence.SNAPSHOT).ifPresent(snapshots::add);
    Instant young = site.clock().instant().minus(Duration.ofDays(site.deployment().keep().days()));
    return new Retention(site.deployment().keep(), needed, snapshots, young);
  }

  /** Where a rollback after this job goes, and the data that it takes along. */
  private record Way(Optional<Version> release, Optional<String> snapshot) {}

  /** The history does not hold this job yet: after an update it goes where that came from. */
  private Way wayBack(Facts facts) throws IOException {
    if (facts.request().action() == Action.UPDATE) {
      return new Way(facts.from(), facts.fact(Evidence.SNAPSHOT));
    }
    Optional<History.Entry> last = site.history().lastSuccessfulUpdate();
    return new Way(last.map(History.Entry::from), last.map(History.Entry::snapshot));
  }

  /** Only one job runs at a time, so what is half unpacked now was left by one that died. */
  private void removePartialReleases(List<String> removed) throws IOException {
    if (!Files.isDirectory(site.application().releases())) {
      return;
    }
    try (Stream<Path> names = Files.list(site.application().releases())) {
      for (Path path : names.toList()) {
        if (ApplicationDir.isPartial(path.getFileName().toString())) {
          Trees.delete(path);
          removed.add(path.getFileName().toString());
        }
      }
    }
  }
}
