package org.spoolway.step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Snapshots.Snapshot;
import org.spoolway.schema.Version;

/**
 * What pruning leaves: a pure decision. What any rule keeps is kept.
 *
 * @param keep the deployment's figures
 * @param neededReleases what is live, what serves, and what a rollback would go to
 * @param neededSnapshots what a rollback would restore
 * @param young snapshots taken after this are kept
 */
record Retention(
    Deployment.Keep keep,
    List<Version> neededReleases,
    List<String> neededSnapshots,
    Instant young) {

  /** The releases that nothing needs; given newest first. */
  List<Version> releasesToRemove(List<Version> newestFirst) {
    return newestFirst.stream()
        .skip(keep.releases())
        .filter(version -> !neededReleases.contains(version))
        .toList();
  }

  /** The snapshots that nothing needs; given newest first. */
  List<Snapshot> snapshotsToRemove(List<Snapshot> newestFirst) {
    List<Snapshot> remove = new ArrayList<>();
    for (int i = keep.snapshots(); i < newestFirst.size(); i++) {
      Snapshot snapshot = newestFirst.get(i);
      if (!neededSnapshots.contains(snapshot.name()) && snapshot.createdAt().isBefore(young)) {
        remove.add(snapshot);
      }
    }
    return remove;
  }
}
