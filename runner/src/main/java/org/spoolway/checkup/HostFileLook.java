package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.spoolway.deployment.Deployment;
import org.spoolway.hostfile.FileChange;
import org.spoolway.hostfile.InstalledHostFiles;
import org.spoolway.install.Caddyfile;
import org.spoolway.layout.HostDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.step.Site;

/** Looks whether what a release has put outside of itself is still as it was put there. */
final class HostFileLook {

  private final Site site;
  private final Path file;
  private final HostDir host;

  private HostFileLook(Site site, Path file) {
    this.site = site;
    this.file = file;
    this.host = site.ports().configuration().directories();
  }

  static void at(Findings findings, Site site, Path file) {
    HostFileLook look = new HostFileLook(site, file);
    findings.look("host files", look::drift);
    findings.look("hold", look::hold);
    if (site.deployment().deploy().proxy() != Deployment.Proxy.NONE) {
      findings.look("proxy", look::proxy);
    }
  }

  private String drift() throws ProblemException, IOException {
    List<FileChange> drift =
        new InstalledHostFiles(site.state(), site.ports().configuration()).drift();
    if (drift.isEmpty()) {
      return "as they were installed";
    }
    String names = drift.stream().map(FileChange::name).collect(Collectors.joining(", "));
    String diffs = drift.stream().map(FileChange::diff).collect(Collectors.joining("\n"));
    throw new ProblemException(
        Problem.CONFIGURE_FAILED,
        "cannot rely on " + names + ": not as it was installed; this puts it back:\n" + diffs,
        "Run `spoolway install %s`, which does so, and `spoolway restart %s` if a unit is among them;"
                .formatted(file, site.deployment().name())
            + " what is to stay belongs in the release.",
        null);
  }

  /** While a job is open it is what keeps the units from starting on data that nobody decided. */
  private String hold() throws ProblemException, IOException {
    Path hold = host.hold(site.deployment().name());
    if (Files.notExists(hold)) {
      return "nothing is kept from starting";
    }
    String units = String.join(" ", site.deployment().service().units());
    throw new ProblemException(
        Problem.SERVICE_START_FAILED,
        "cannot start "
            + units
            + ": recovery has not decided what is live, and "
            + hold
            + " says so",
        "Run `spoolway recover %s`; when nothing is left, `rm %s` and `systemctl start %s`."
            .formatted(site.deployment().name(), hold, units),
        null);
  }

  private String proxy() throws ProblemException, IOException {
    boolean caddy = site.deployment().deploy().proxy() == Deployment.Proxy.CADDY;
    String name = site.deployment().name();
    Path snippet = caddy ? host.caddy(name) : host.nginx(name);
    if (Files.notExists(snippet)) {
      throw new ProblemException(
          Problem.CONFIGURE_FAILED,
          "cannot show the maintenance page: the proxy has no " + snippet,
          "Have the release ship "
              + (caddy ? "proxy.caddy" : "proxy.nginx")
              + ", as samples/proxy has it, or set `deploy.proxy` = \"none\".",
          null);
    }
    List<String> missing = caddy ? Caddyfile.of(host).missing() : List.of();
    if (!missing.isEmpty()) {
      throw new ProblemException(
          Problem.CONFIGURE_FAILED,
          "cannot show the maintenance page: " + host.caddyfile() + " lacks what releases need",
          "Add " + String.join(", and ", missing) + "; then run `systemctl reload caddy`.",
          null);
    }
    return snippet + " is there";
  }
}
