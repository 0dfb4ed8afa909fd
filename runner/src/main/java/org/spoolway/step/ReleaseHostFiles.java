package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.spoolway.engine.Facts;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.hostfile.HostFile;
import org.spoolway.hostfile.HostFiles;
import org.spoolway.hostfile.ShippedFiles;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Finds what a release ships for systemd and the proxy, also before it is on this host. */
final class ReleaseHostFiles {

  private final Site site;

  ReleaseHostFiles(Site site) {
    this.site = site;
  }

  /**
   * Rendered, with where it goes.
   *
   * @throws ProblemException {@code HOST_FILE_REFUSED}; {@code UNSAFE_PATH} when the application
   *     could exchange the settings that systemd is to read
   */
  List<HostFile> of(Facts facts) throws ProblemException, IOException {
    List<HostFile> files =
        new HostFiles(
                site.deployment(), site.spool().path(), site.ports().configuration().directories())
            .of(facts.to(), shipped(facts));
    requireKeptSettings(files);
    return files;
  }

  /** systemd reads them as root, and hands them to the application. */
  private void requireKeptSettings(List<HostFile> files) throws ProblemException, IOException {
    Path settings =
        site.application().shared().resolve(site.deployment().install().environmentFile());
    if (files.stream().anyMatch(file -> file.content().contains(settings.toString()))) {
      KeptFile.require(settings, site.application().root());
    }
  }

  private Map<String, String> shipped(Facts facts) throws ProblemException, IOException {
    String from = site.deployment().deploy().from();
    if (from == null) {
      return Map.of();
    } else if (from.startsWith("/")) {
      return ShippedFiles.in(Path.of(from));
    }
    Version to = facts.to();
    if (facts.fact(Evidence.OBJECT).isEmpty() || site.releases().isSealed(to)) {
      return ShippedFiles.in(site.releases().directory(to).resolve(from));
    }
    // Only a plan asks before the release is here.
    return site.ports()
        .sources()
        .files(
            new Candidate(
                to,
                facts.fact(Evidence.TAG).orElseThrow(),
                facts.fact(Evidence.OBJECT).orElseThrow()),
            from);
  }
}
