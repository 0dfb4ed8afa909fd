package org.spoolway.checkup;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spoolway.hostfile.HostTools;
import org.spoolway.layout.HostDir;
import org.spoolway.step.Site;

/**
 * Looks whether systemd knows, starts and runs the units, the runner's own and the deployment's.
 */
final class UnitLook {

  private static final String SUBJECT = "units";
  private static final List<String> RUNNER =
      List.of("spoolway.service", "spoolway-recover.service");

  private final Findings findings;
  private final HostTools tools;
  private int wrong;

  private UnitLook(Findings findings, HostTools tools) {
    this.findings = findings;
    this.tools = tools;
  }

  static void at(Findings findings, Site site, HostTools tools) {
    UnitLook look = new UnitLook(findings, tools);
    RUNNER.forEach(look::look);
    HostDir host = site.ports().configuration().directories();
    for (String unit : site.deployment().service().units()) {
      look.look(unit);
      if (Files.notExists(host.dropIn(unit))) {
        look.wrong(
            unit,
            "it may start before recovery has decided, for " + host.dropIn(unit) + " is missing",
            "Install a newer release, which writes it.");
      }
    }
    if (look.wrong == 0) {
      findings.fine(SUBJECT, "all are enabled, and none has failed");
    }
  }

  private void look(String unit) {
    Map<String, String> is = properties(unit);
    String load = is.getOrDefault("LoadState", "");
    switch (load) {
      case "loaded" -> lookLoaded(unit, is);
      case "masked" ->
          wrong(unit, "it is masked, so nothing can start it", "Run `systemctl unmask %s`.");
      case "not-found" ->
          wrong(
              unit,
              "systemd knows no such unit",
              "Correct `service.units`, or install what brings %s.");
      case "" -> wrong(unit, "systemd does not answer", "Run `systemctl status %s`.");
      default ->
          wrong(
              unit, "systemd calls it " + load, "Run `systemd-analyze verify %s` and correct it.");
    }
  }

  private void lookLoaded(String unit, Map<String, String> is) {
    if (is.getOrDefault("UnitFileState", "").equals("disabled")) {
      wrong(unit, "it does not start with the host", "Run `systemctl enable %s`.");
    }
    String active = is.getOrDefault("ActiveState", "");
    if (active.equals("failed")) {
      wrong(
          unit,
          "it has failed",
          "Read `journalctl --unit=%1$s`, put that right, then run `systemctl restart %1$s`.");
    } else if (unit.equals(RUNNER.get(0)) && !active.equals("active")) {
      wrong(unit, "it is " + active, "Run `systemctl start %s`.");
    }
  }

  private Map<String, String> properties(String unit) {
    Map<String, String> properties = new HashMap<>();
    tools
        .tells("systemctl", "show", "--property=LoadState,UnitFileState,ActiveState", "--", unit)
        .lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> properties.put(parts[0], parts[1]));
    return properties;
  }

  private void wrong(String unit, String observed, String fix) {
    wrong++;
    findings.wrong(SUBJECT, "cannot rely on " + unit + ": " + observed, fix.formatted(unit));
  }
}
