package org.spoolway.step;

import java.io.IOException;
import java.util.Optional;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.host.Database;
import org.spoolway.journal.Evidence;
import org.spoolway.migration.SqlFiles;
import org.spoolway.problem.ProblemException;

/** Lets the new release change the data. Its undo puts back the snapshot that was taken before. */
final class Migrate implements Step {

  private final Site site;

  Migrate(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "migrate";
  }

  @Override
  public Decision decide(Facts facts) throws IOException {
    SqlFiles sql = site.deployment().migrate().sql();
    if (sql != null) {
      return facts.migrationPending()
          ? Decision.run(
              "the database is to have seen every file " + sql.glob() + rehearsed(facts),
              new NewMigrations(site, sql).of(facts))
          : Decision.skip("the database has seen every file " + sql.glob());
    }
    if (site.deployment().migrate().run().isEmpty()) {
      return Decision.skip("`migrate.run` names no commands");
    }
    return facts.migrationPending()
        ? Decision.run(whoSaysSo(facts) + rehearsed(facts))
        : Decision.skip("no migration is pending");
  }

  private static String rehearsed(Facts facts) {
    return facts.fact(Evidence.REHEARSED).map(time -> "; on a copy it took " + time).orElse("")
        + facts.fact(Evidence.LOCKS).map(locks -> ", and " + locks).orElse("");
  }

  private String whoSaysSo(Facts facts) {
    if (facts.expands()) {
      return "the release says that its migrations only add: the old one serves meanwhile, and"
          + " going back leaves what they have added";
    }
    if (site.deployment().migrate().pending().isEmpty()) {
      return "the data must follow the code, and `migrate.pending` names no command that knows"
          + " better";
    }
    return facts.fact(Evidence.PENDING).isPresent()
        ? "the release says that migrations are pending"
        : "the data must follow the code, unless the release says that nothing is pending";
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    SqlFiles sql = site.deployment().migrate().sql();
    if (sql != null) {
      new SqlMigrations(site, sql).apply(work);
    } else {
      new ReleaseCommands(site).changeData("migrate to", site.deployment().migrate().run(), work);
    }
    Database.Contents contents = site.ports().database().contents();
    Optional<String> snapshot = work.facts().fact(Evidence.SNAPSHOT);
    if (snapshot.isPresent()) {
      site.snapshots().noteRows(snapshot.get(), contents.rows());
    }
    return Evidence.none()
        .with(Evidence.DATA_MARK, contents.mark())
        .with(Evidence.SCHEMA, contents.schema())
        .with(Evidence.EXPANDED_TO, work.facts().expands() ? contents.schema() : null);
  }

  @Override
  public void undo(Work work) throws ProblemException, IOException {
    if (work.facts().expands()) {
      work.say("what the migrations have added stays");
    }
    if (new UsersData(site).stays(work.facts())) {
      work.say("the data stay as they are: users may have written, and their form is as it was");
    } else {
      new DataSwap(site).putBack(work);
    }
  }
}
