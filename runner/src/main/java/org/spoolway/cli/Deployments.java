package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.spoolway.config.DeploymentFile;
import org.spoolway.deployment.Deployment;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.step.Site;

/** The deployments of a layout, by name. */
final class Deployments {

  private final SpoolLayout layout;
  private final Machine machine;

  Deployments(SpoolLayout layout, Machine machine) {
    this.layout = layout;
    this.machine = machine;
  }

  SpoolLayout layout() {
    return layout;
  }

  /** The names for which there is a file, sorted. */
  List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(layout.deployments())) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(layout.deployments(), "*" + SpoolLayout.DEPLOYMENT_SUFFIX)) {
        for (Path file : files) {
          String name = file.getFileName().toString();
          names.add(name.substring(0, name.length() - SpoolLayout.DEPLOYMENT_SUFFIX.length()));
        }
      }
    }
    Collections.sort(names);
    return names;
  }

  /** The named ones, or all when none is named. */
  List<String> orAll(List<String> named) throws IOException, ProblemException {
    if (!named.isEmpty()) {
      return named;
    }
    List<String> all = names();
    if (all.isEmpty()) {
      throw new ProblemException(
          Problem.DEPLOYMENT_UNKNOWN, "cannot find a deployment: there is no file in " + layout.deployments());
    }
    return all;
  }

  /** Reads a deployment's file. */
  Deployment read(String name) throws IOException, ProblemException {
    Path file = layout.deploymentFile(name);
    if (!Files.exists(file)) {
      List<String> names = names();
      throw new ProblemException(
          Problem.DEPLOYMENT_UNKNOWN,
          "cannot find deployment " + name + ": there is no " + file,
          names.isEmpty() ? "Write " + file + "; `spoolway schema deployment` prints all keys." : "Name one of: " + String.join(", ", names),
          null);
    }
    return DeploymentFile.read(file, runner());
  }

  private DeploymentFile.Runner runner() {
    return layout.equals(SpoolLayout.system()) && machine.accounts().ownUid() == 0
        ? DeploymentFile.Runner.PRIVILEGED_ON_HOST
        : DeploymentFile.Runner.OWN_USER;
  }

  /** A deployment with its ways to the outside. */
  Site site(String name) throws IOException, ProblemException {
    return machine.site(read(name), layout);
  }
}
