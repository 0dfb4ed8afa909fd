package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.spoolway.durable.DurableFiles;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.journal.Evidence;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/**
 * Brings the release's tree to {@code releases/}: unpacked under a name that nobody uses, renamed
 * when whole. Build tools write absolute paths into what they make, so the rename comes before the
 * build; until the seal nothing takes it for a release.
 */
final class FetchRelease implements Step {

  private final Site site;
  private final Provenance provenance;

  FetchRelease(Site site) {
    this.site = site;
    this.provenance = new Provenance(site);
  }

  @Override
  public String name() {
    return "fetch";
  }

  @Override
  public Decision decide(Facts facts) {
    return site.releases().isSealed(facts.to())
        ? Decision.skip("release " + facts.to() + " is here, whole and sealed")
        : Decision.run("release " + facts.to() + " is not on this host yet");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Version version = work.facts().to();
    Candidate candidate = candidate(work.facts());
    Path releases = site.application().releases();
    Files.createDirectories(releases);
    provenance.noteGone(version);
    site.releases().remove(version);
    site.ports().sources().fetch(candidate, work.progress(), work.interruption());
    Path partial = site.releases().partial(version);
    site.ports().sources().export(candidate, partial, work.progress(), work.interruption());
    requireNoSeal(partial, version);
    Files.move(partial, site.releases().directory(version), StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.forceDirectory(releases);
    return Evidence.detail(candidate.tag() + " at " + candidate.object());
  }

  /** With a seal of its own a tree would pass for a release that was built here. */
  private static void requireNoSeal(Path partial, Version version) throws ProblemException {
    Path seal = ApplicationDir.manifest(partial);
    if (Files.exists(seal, LinkOption.NOFOLLOW_LINKS)) {
      throw new ProblemException(
          Problem.SOURCE_UNUSABLE,
          "cannot use "
              + version
              + ": its tree holds "
              + seal.getFileName()
              + ", the name of the seal");
    }
  }

  @Override
  public void undo(Work work) throws IOException {
    if (site.ports().handover().own().equals(Optional.of(work.facts().to()))) {
      // Whoever goes back itself still runs from there, and starts programs from there.
      return;
    }
    site.releases().remove(work.facts().to());
  }

  /** What was resolved, as the source knows it. */
  static Candidate candidate(Facts facts) {
    return new Candidate(
        facts.to(),
        facts.fact(Evidence.TAG).orElseThrow(),
        facts.fact(Evidence.OBJECT).orElseThrow());
  }
}
