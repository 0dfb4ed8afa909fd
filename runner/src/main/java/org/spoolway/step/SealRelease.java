package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.spoolway.deployment.Manifest;
import org.spoolway.deployment.Trees;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;

/** Makes a release immutable: on disk for good, read-only, with a manifest of its files. */
final class SealRelease implements Step {

  private static final Duration SYNC_TIMEOUT = Duration.ofMinutes(5);

  private final Site site;

  SealRelease(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "seal";
  }

  @Override
  public Decision decide(Facts facts) {
    return site.releases().isSealed(facts.to())
        ? Decision.skip("release " + facts.to() + " is here, whole and sealed")
        : Decision.run("what is live must not change any more");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Path release = site.releases().directory(work.facts().to());
    makeDurable(release, work.interruption());
    int files = Manifest.seal(release, site.readers(), work.interruption());
    return Evidence.detail(files + " files");
  }

  /** One syncfs(2) for the whole tree where `sync -f` is there; thousands of fsyncs take longer. */
  private void makeDurable(Path release, Interruption interruption)
      throws ProblemException, IOException {
    List<String> sync = List.of("sync", "-f", release.toString());
    Command command = new Command(sync, release, Map.of(), site.mark(), SYNC_TIMEOUT, null);
    Exit exit = site.ports().commands().run(command, (bytes, offset, length) -> {}, interruption);
    if (!exit.equals(new Exit.Status(0))) {
      Trees.force(release, interruption);
    }
  }
}
