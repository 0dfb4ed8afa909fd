package org.spoolway.step;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Manifest;
import org.spoolway.deployment.Manifest.Difference;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/**
 * The last look before users could notice: is the release as sealed, and is a migration pending?
 */
final class CheckRelease implements Step {

  private static final int PENDING = 10;

  private final Site site;

  CheckRelease(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "check";
  }

  @Override
  public Decision decide(Facts facts) {
    return Decision.run("nothing that users can notice begins before the release is whole");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Version version = work.facts().to();
    List<Difference> differences =
        Manifest.differences(site.releases().directory(version), work.interruption());
    if (!differences.isEmpty()) {
      throw new ProblemException(
          Problem.RELEASE_DAMAGED,
          "cannot use release "
              + version
              + ": "
              + differences.get(0).name()
              + " is not as it was sealed");
    }
    if (site.hasHostFiles()) {
      new ReleaseHostFiles(site).of(work.facts());
    }
    Evidence evidence = migrations(version, work);
    if (!site.hasDatabase()) {
      return evidence;
    }
    Optional<String> known = work.facts().fact(Evidence.SCHEMA);
    String schema = known.isPresent() ? known.get() : site.ports().database().contents().schema();
    return evidence.with(Evidence.SCHEMA, schema).with(Evidence.FORMER_SCHEMA, schema);
  }

  private Evidence migrations(Version version, Work work) throws ProblemException, IOException {
    if (work.facts().fact(Evidence.PENDING).isPresent()) {
      return Evidence.detail("as sealed");
    }
    String migrations = Declaration.of(site.releases().directory(version), version).migrations();
    return pending(version, work).with(Evidence.MIGRATIONS, migrations);
  }

  private Evidence pending(Version version, Work work) throws ProblemException, IOException {
    Deployment.Migrate migrate = site.deployment().migrate();
    if (migrate.sql() != null) {
      return new SqlMigrations(site, migrate.sql()).check(work);
    }
    if (migrate.run().isEmpty()) {
      return Evidence.detail("`migrate.run` names no commands").with(Evidence.PENDING, false);
    }
    List<String> question = migrate.pending();
    if (question.isEmpty()) {
      return Evidence.detail("a migration is assumed to be pending").with(Evidence.PENDING, true);
    }
    ReleaseCommands.Kind kind =
        new ReleaseCommands.Kind(
            "ask whether a migration is pending",
            migrate.user(),
            migrate.timeout(),
            Confinements.ofMigration(site),
            Problem.PENDING_CHECK_FAILED,
            Problem.PENDING_CHECK_FAILED);
    int status = new ReleaseCommands(site).run(question, kind, version, work);
    if (status != 0 && status != PENDING) {
      throw new ProblemException(
          Problem.PENDING_CHECK_FAILED,
          "cannot ask whether a migration is pending: `"
              + String.join(" ", question)
              + "` exited with status "
              + status);
    }
    boolean pending = status == PENDING;
    return Evidence.detail(pending ? "a migration is pending" : "no migration is pending")
        .with(Evidence.PENDING, pending);
  }

  @Override
  public void undo(Work work) {
    site.ports().commands().endAll(site.mark());
  }
}
