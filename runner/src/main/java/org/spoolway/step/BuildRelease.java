package org.spoolway.step;

import java.io.IOException;
import java.util.Optional;
import org.spoolway.deployment.Deployment;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Makes a release of a tree. What it writes goes when {@link FetchRelease} is undone. */
final class BuildRelease implements Step {

  private final Site site;

  BuildRelease(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "build";
  }

  @Override
  public Decision decide(Facts facts) {
    int commands = site.deployment().build().run().size();
    if (site.releases().isSealed(facts.to())) {
      return Decision.skip("release " + facts.to() + " is here, whole and sealed");
    }
    return commands == 0
        ? Decision.skip("`build.run` names no commands")
        : Decision.run(
            commands + (commands == 1 ? " command" : " commands") + " in the new release");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Version version = work.facts().to();
    Optional<String> builder = site.builder();
    if (builder.isPresent()) {
      site.releases().giveTo(builder.get(), version);
      build(version, work);
      site.releases().takeBackFrom(builder.get(), version);
    } else {
      build(version, work);
    }
    if (site.releases().isSealed(version)) {
      throw new ProblemException(
          Problem.BUILD_FAILED,
          "cannot use what was built: it holds a file with the name of the seal, which only Spoolway writes");
    }
    return Evidence.none();
  }

  private void build(Version version, Work work) throws ProblemException {
    Deployment.Build build = site.deployment().build();
    ReleaseCommands.Kind kind =
        new ReleaseCommands.Kind(
            "build " + version,
            build.user(),
            build.timeout(),
            Confinements.ofBuild(site, version),
            Problem.BUILD_FAILED,
            Problem.BUILD_TIMED_OUT);
    new ReleaseCommands(site).runAll(build.run(), kind, version, work);
  }

  @Override
  public void undo(Work work) {
    site.ports().commands().endAll(site.mark());
  }
}
