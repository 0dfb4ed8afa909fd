package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.spoolway.layout.HostDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.step.Site;

/**
 * Looks whether a socket outlives its service: one in the service's RuntimeDirectory goes with it,
 * and users see errors for as long as the service is replaced.
 */
final class SocketLook {

  private final Site site;

  private SocketLook(Site site) {
    this.site = site;
  }

  static void at(Findings findings, Site site) {
    if (site.deployment().service().units().stream().anyMatch(u -> u.endsWith(".socket"))) {
      findings.look("sockets", new SocketLook(site)::look);
    }
  }

  private String look() throws ProblemException, IOException {
    Set<String> owned = new LinkedHashSet<>();
    List<String> sockets = new ArrayList<>();
    for (String unit : site.deployment().service().units()) {
      if (unit.endsWith(".service")) {
        for (String value : values(unit, "RuntimeDirectory")) {
          Stream.of(value.split("\\s+", -1)).map(name -> "/run/" + name + "/").forEach(owned::add);
        }
      } else if (unit.endsWith(".socket")) {
        sockets.addAll(values(unit, "ListenStream"));
      }
    }
    for (String socket : sockets) {
      for (String directory : owned) {
        requireOutside(socket, directory);
      }
    }
    return "none goes with its service";
  }

  private static void requireOutside(String socket, String directory) throws ProblemException {
    if (socket.startsWith(directory)) {
      throw new ProblemException(
          Problem.CONFIGURATION,
          "cannot keep "
              + socket
              + ": it lies in the RuntimeDirectory of a service, and goes with it",
          "Have it listen at " + directory.replaceFirst("/$", ".sock") + ".",
          null);
    }
  }

  private List<String> values(String unit, String key) throws IOException {
    HostDir host = site.ports().configuration().directories();
    Path file = host.unit(unit);
    if (Files.notExists(file)) {
      return List.of();
    }
    return Files.readString(file)
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1).strip())
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
