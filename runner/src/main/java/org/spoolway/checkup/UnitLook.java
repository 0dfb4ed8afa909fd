package org.spoolway.checkup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.spoolway.hostfile.HostConfiguration;
import org.spoolway.hostfile.HostConfiguration.Unit;
import org.spoolway.step.Site;

/**
 * Looks whether systemd knows, starts and runs the units, the runner's own and the deployment's.
 */
final class UnitLook {

  private static final String SUBJECT = "units";
  private static final List<String> RUNNER =
      List.of("spoolway.service", "spoolway-recover.service");

  private final Findings findings;
  private final HostConfiguration host;
  private int wrong;

  private UnitLook(Findings findings, HostConfiguration host) {
    this.findings = findings;
    this.host = host;
  }

  static void at(Findings findings, Site site, Path file) {
    HostConfiguration host = site.ports().configuration();
    UnitLook look = new UnitLook(findings, host);
    RUNNER.forEach(look::look);
    for (String unit : site.deployment().service().units()) {
      look.look(unit);
      if (Files.notExists(host.directories().dropIn(unit))) {
        look.wrong(
            unit,
            "it may start before recovery has decided, for "
                + host.directories().dropIn(unit)
                + " is missing",
            "Run `spoolway install "
                + file.toString().replace("%", "%%")
                + "`; if that does not bring it, install a newer release, which does.");
      }
    }
    if (look.wrong == 0) {
      findings.fine(SUBJECT, "all are enabled, and none has failed");
    }
  }

  private void look(String name) {
    Unit unit = host.unit(name);
    switch (unit.load()) {
      case "loaded" -> lookLoaded(name, unit);
      case "masked" ->
          wrong(name, "it is masked, so nothing can start it", "Run `systemctl unmask %s`.");
      case "not-found" ->
          wrong(
              name,
              "systemd knows no such unit",
              "Correct `service.units`, or install what brings %s.");
      case "" -> wrong(name, "systemd does not answer", "Run `systemctl status %s`.");
      default ->
          wrong(
              name,
              "systemd calls it " + unit.load(),
              "Run `systemd-analyze verify %s` and correct it.");
    }
  }

  private void lookLoaded(String name, Unit unit) {
    if (unit.file().equals("disabled")) {
      wrong(name, "it does not start with the host", "Run `systemctl enable %s`.");
    }
    if (unit.active().equals("failed")) {
      wrong(
          name,
          "it has failed",
          "Read `journalctl --unit=%1$s`, put that right, then run `systemctl restart %1$s`.");
    } else if (name.equals(RUNNER.get(0)) && !unit.active().equals("active")) {
      wrong(name, "it is " + unit.active(), "Run `systemctl start %s`.");
    }
  }

  private void wrong(String unit, String observed, String fix) {
    wrong++;
    findings.wrong(SUBJECT, "cannot rely on " + unit + ": " + observed, fix.formatted(unit));
  }
}
