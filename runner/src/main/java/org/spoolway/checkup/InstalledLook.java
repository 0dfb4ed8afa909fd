package org.spoolway.checkup;

import java.nio.file.Files;
import java.nio.file.Path;
import org.spoolway.hostfile.HostTools;
import org.spoolway.step.Site;

/** Looks at what a deployment has on a host besides its own directories. */
final class InstalledLook {

  private InstalledLook() {}

  /** Shows nothing where one user has everything in a directory of his own. */
  static void at(Findings findings, Site site, Path file) {
    if (!site.ports().configuration().isAvailable()) {
      return;
    }
    // Its programs leave their mark there, and looking makes nothing.
    if (!Files.isReadable(site.state().path())) {
      findings.fine("host", "only root can tell, once the deployment is installed");
      return;
    }
    HostTools tools = new HostTools(site.ports().commands(), site.mark());
    PrivilegeLook.at(findings, site.deployment(), tools);
    findings.look("time", () -> time(tools));
    if (findings
        .get("live", site.current()::version, live -> live.map(Object::toString).orElse("none"))
        .flatMap(live -> live)
        .isPresent()) {
      UnitLook.at(findings, site, file);
      HostFileLook.at(findings, site, file);
      SocketLook.at(findings, site);
    }
  }

  /** Only a hint: some hosts keep time in another way. */
  private static String time(HostTools tools) {
    return tools
            .tells("timedatectl", "show", "--property=NTPSynchronized", "--value")
            .equals("no\n")
        ? "not synchronised; `timedatectl set-ntp true` has it so"
        : "nothing says that it is not synchronised";
  }
}
