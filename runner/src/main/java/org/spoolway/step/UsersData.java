package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.Snapshots;
import org.spoolway.engine.Facts;
import org.spoolway.host.Database;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/**
 * What users have written since a release has passed its gate, when an update goes back: the rule
 * of a rollback. It goes along where the release before can work with it, and is not taken away
 * unasked where it cannot.
 */
final class UsersData {

  private static final Logger LOG = LoggerFactory.getLogger(UsersData.class);

  private final Site site;

  UsersData(Site site) {
    this.site = site;
  }

  /**
   * Whether going back leaves the data as they are: they may have been written by users, and their
   * form is as it was. Once other data are being put in place that is settled: what is half put
   * back must not pass for something that users wrote.
   */
  boolean stays(Facts facts) throws ProblemException {
    if (facts.fact(Evidence.PROVED).isEmpty() || isPuttingBack(facts)) {
      return false;
    }
    Database.Contents now = site.ports().database().contents();
    return isWritten(facts, now.mark())
        && facts.fact(Evidence.FORMER_SCHEMA).equals(Optional.of(now.schema()));
  }

  private boolean isPuttingBack(Facts facts) {
    return Files.exists(site.snapshots().data(Snapshots.replacedName(facts.sequence())));
  }

  private static boolean isWritten(Facts facts, String mark) {
    return !facts.fact(Evidence.DATA_MARK).equals(Optional.of(mark));
  }

  /**
   * Sees that going back takes nothing away that users wrote. Nobody may write while that is looked
   * at, so the release, which has failed, is stopped for it; it serves on if it stays.
   *
   * @throws ProblemException {@code ROLLBACK_WOULD_LOSE}
   */
  void requireNothingLost(Facts facts) throws ProblemException {
    Optional<String> snapshot = facts.fact(Evidence.SNAPSHOT);
    Optional<Version> old = facts.from();
    if (snapshot.isEmpty() || old.isEmpty()) {
      return;
    }
    boolean served = site.hasService() && site.ports().services().state().running();
    if (served) {
      site.ports().services().stop();
    }
    if (wouldLose(facts)) {
      if (served) {
        serveOn(facts.to());
      }
      throw new ProblemException(
          Problem.ROLLBACK_WOULD_LOSE,
          WayBack.losing(old.get(), written(snapshot.get())),
          "`spoolway rollback "
              + site.deployment().name()
              + " --data=restore` goes back all the same and keeps what it takes away in"
              + " `spoolway snapshots`; or install a newer release that mends this one.",
          null);
    }
  }

  /** It was unhealthy before; that it does not even start any more changes nothing. */
  private void serveOn(Version version) {
    try {
      site.ports().services().start(version, (bytes, offset, length) -> {});
    } catch (ProblemException e) {
      LOG.warn("{} stays, and does not start again: {}", version, e.getMessage());
    }
  }

  /** What cannot be told may have been written. */
  private boolean wouldLose(Facts facts) {
    try {
      return isWritten(facts, site.ports().database().mark()) && !stays(facts);
    } catch (ProblemException e) {
      LOG.warn("cannot tell whether users have written, so it counts as if: {}", e.getMessage());
      return true;
    }
  }

  private String written(String snapshot) {
    try {
      List<Database.TableRows> rows = site.snapshots().rows(snapshot);
      return rows.isEmpty() ? "" : Written.between(rows, site.ports().database().contents().rows());
    } catch (ProblemException | IOException e) {
      LOG.warn("cannot tell what users have written: {}", e.getMessage());
      return "";
    }
  }
}
