package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.spoolway.durable.FreeBytes;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.host.Database;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Looks for what would stop the job later: a root that cannot be written, a full disk, missing
 * files. Notes which release is live, so that whatever fails later can tell.
 */
final class Preflight implements Step {

  /** Less than this is no room to work in. */
  private static final long LEAST_FREE_BYTES = 32L << 20;

  private final Site site;

  Preflight(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "preflight";
  }

  @Override
  public boolean looksOnly() {
    return true;
  }

  @Override
  public Decision decide(Facts facts) {
    return Decision.run("what would stop it later is better found now");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Path existing = site.rootOrAbove();
    requireWritable(existing);
    long free = FreeBytes.of(existing);
    Optional<Database.Readiness> data =
        site.hasDatabase() ? Optional.of(site.ports().database().requireReady()) : Optional.empty();
    long needed = LEAST_FREE_BYTES + data.map(Database.Readiness::bytes).orElse(0L);
    if (free < needed) {
      throw new ProblemException(
          Problem.DISK_FULL,
          "cannot work below "
              + existing
              + ": "
              + mebibytes(free)
              + " free, "
              + mebibytes(needed)
              + " needed");
    }
    site.requireOwnRoot();
    requireShared();
    requireConfigurable();
    requireLinkOfOurs();
    return Evidence.detail(mebibytes(free) + " free")
        .with(Evidence.NEEDED_BYTES, needed)
        .with(Evidence.COPYING, data.map(Database.Readiness::method).orElse(null));
  }

  private void requireConfigurable() throws ProblemException {
    if (site.hasHostFiles() && !site.ports().configuration().isAvailable()) {
      throw new ProblemException(
          Problem.CONFIGURATION,
          "cannot change the host's units: this runner works for one user only",
          "Install the deployment on the host with `spoolway install`, or use `service.type` ="
              + " \"process\" and no [deploy] here.",
          null);
    }
  }

  /** A link that somebody else made must not be replaced; reading it tells. */
  private void requireLinkOfOurs() throws IOException {
    site.current().version();
  }

  private void requireWritable(Path existing) throws ProblemException {
    boolean directory = Files.isDirectory(existing);
    if (!directory || !Files.isWritable(existing)) {
      Path root = site.deployment().root();
      throw new ProblemException(
          Problem.ROOT_NOT_WRITABLE,
          "cannot write "
              + root
              + ": "
              + (existing.equals(root) ? "it" : existing)
              + (directory ? " is not writable" : " is no directory"));
    }
  }

  private void requireShared() throws ProblemException {
    for (String link : site.deployment().shared().link()) {
      Path target = site.application().shared().resolve(link);
      boolean created = site.deployment().shared().create().contains(link);
      if (!created && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new ProblemException(
            Problem.SHARED_MISSING,
            "cannot link " + link + " into the release: " + target + " does not exist");
      }
    }
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
