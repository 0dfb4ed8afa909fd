package org.spoolway.step;

import java.io.IOException;
import org.spoolway.deployment.Deployment;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Has the first release make its data. Its undo puts back that there were none. */
final class Initialise implements Step {

  private final Site site;

  Initialise(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "initialise";
  }

  @Override
  public Decision decide(Facts facts) {
    return facts.from().isPresent()
        ? Decision.skip("that was done with the first release")
        : Decision.run("the first release has no data yet");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException {
    Deployment.Migrate migrate = site.deployment().migrate();
    ReleaseCommands.Kind kind =
        new ReleaseCommands.Kind(
            "make the data of " + work.facts().to(),
            migrate.user(),
            migrate.timeout(),
            Confinements.ofMigration(site),
            Problem.MIGRATION_FAILED,
            Problem.MIGRATION_TIMED_OUT);
    new ReleaseCommands(site)
        .runAll(site.deployment().install().run(), kind, work.facts().to(), work);
    return Evidence.none();
  }

  @Override
  public void undo(Work work) throws ProblemException, IOException {
    new DataSwap(site).putBack(work);
  }
}
