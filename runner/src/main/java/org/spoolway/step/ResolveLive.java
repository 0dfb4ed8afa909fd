package org.spoolway.step;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Snapshots.Snapshot;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Version;

/** For what stays on the live release: restart, backup, restore. */
final class ResolveLive extends Resolve {

  ResolveLive(Site site) {
    super(site);
  }

  @Override
  public Decision decide(Facts facts) {
    return Decision.run("it is about the live release");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Version live = live(work.facts(), work.facts().request().action().wireName());
    Evidence evidence = Evidence.detail(live + " is live").with(Evidence.TO, live);
    return work.facts().request().action() == Action.RESTORE
        ? evidence.with(
            Evidence.RESTORES, snapshot(work.facts().request().parameters().snapshot(), live))
        : evidence;
  }

  private String snapshot(@Nullable String name, Version live)
      throws ProblemException, IOException {
    if (name == null) {
      throw new ProblemException(
          Problem.SNAPSHOT_UNKNOWN, "cannot restore: the request names no snapshot");
    }
    Snapshot snapshot =
        site.snapshots()
            .find(name)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.SNAPSHOT_UNKNOWN, "cannot restore " + name + ": no such snapshot"));
    if (!live.equals(snapshot.version())) {
      throw new ProblemException(
          Problem.SNAPSHOT_OF_OTHER_VERSION,
          "cannot restore "
              + name
              + ": its data belong to "
              + snapshot.version()
              + ", and "
              + live
              + " is live");
    }
    return name;
  }
}
