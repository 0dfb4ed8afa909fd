package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Snapshots;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Puts a snapshot in place of the present data and keeps those aside, to be found by pruning. */
final class DataSwap {

  private final Site site;

  DataSwap(Site site) {
    this.site = site;
  }

  /** Has what was put in place and what that replaced change places again; may be repeated. */
  void exchangeBack(String snapshot, String keptAs) throws ProblemException, IOException {
    if (Files.isDirectory(site.snapshots().data(keptAs))) {
      site.ports()
          .database()
          .restore(site.snapshots().data(keptAs), site.snapshots().data(snapshot));
      site.snapshots().remove(keptAs);
    }
  }

  /** Puts back the data of before the job, once nothing of it writes any more; may be repeated. */
  void putBack(Work work) throws ProblemException, IOException {
    site.ports().commands().requireAllEnded(site.mark());
    Optional<String> snapshot = work.facts().fact(Evidence.SNAPSHOT);
    if (snapshot.isPresent()) {
      restore(
          snapshot.get(), Snapshots.replacedName(work.facts().sequence()), work.facts().to(), work);
    }
  }

  /**
   * Puts a snapshot's data in place; what they replace is kept under the other name. May be
   * repeated.
   *
   * @param belongTo the release that the replaced data were last of, so that they can be restored
   *     too
   */
  void restore(String snapshot, String keptAs, @Nullable Version belongTo, Work work)
      throws ProblemException, IOException {
    site.snapshots().requireThere(snapshot);
    site.ports()
        .database()
        .printingTo(work.output())
        .restore(site.snapshots().data(snapshot), site.snapshots().data(keptAs));
    if (Files.isDirectory(site.snapshots().data(keptAs))) {
      site.snapshots().describe(keptAs, belongTo, "replaced", site.clock().instant());
      work.say("the data that this replaced are kept in snapshots/" + keptAs);
    }
  }
}
