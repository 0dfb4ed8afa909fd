package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.spoolway.config.DeploymentFile;
import org.spoolway.deployment.Deployment;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.step.Site;
import org.spoolway.wording.Quoted;
import org.spoolway.wording.Spelling;

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
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(layout.deployments(), "[!.]*" + SpoolLayout.DEPLOYMENT_SUFFIX)) {
        for (Path file : files) {
          String name = file.getFileName().toString();
          names.add(name.substring(0, name.length() - SpoolLayout.DEPLOYMENT_SUFFIX.length()));
        }
      }
    }
    Collections.sort(names);
    return names;
  }

  /**
   * The named ones, or all when none is named.
   *
   * @throws ProblemException {@code DEPLOYMENT_UNKNOWN} when one is not there, or none at all
   */
  List<String> orAll(List<String> named) throws IOException, ProblemException {
    for (String name : named) {
      requireKnown(name);
    }
    List<String> chosen = named.isEmpty() ? names() : named;
    if (chosen.isEmpty()) {
      throw new ProblemException(
          Problem.DEPLOYMENT_UNKNOWN,
          "cannot find a deployment: there is no file in " + layout.deployments(),
          "Write " + layout.deploymentFile("NAME") + ", or name another --home.",
          null);
    }
    return chosen;
  }

  /** The named one, or all when none is named. */
  List<String> orAll(@Nullable String named) throws IOException, ProblemException {
    return orAll(named == null ? List.of() : List.of(named));
  }

  /**
   * Makes sure that there is a file.
   *
   * @throws ProblemException {@code DEPLOYMENT_UNKNOWN}
   */
  void requireKnown(String name) throws IOException, ProblemException {
    List<String> names = names();
    if (names.contains(name)) {
      return;
    }
    String file = layout.deployments().resolve("NAME" + SpoolLayout.DEPLOYMENT_SUFFIX).toString();
    String known =
        names.isEmpty()
            ? "Write " + file + "; `spoolway schema deployment` prints all keys."
            : "Name one of: " + String.join(", ", names) + ".";
    throw new ProblemException(
        Problem.DEPLOYMENT_UNKNOWN,
        "cannot find deployment " + Quoted.of(name) + ": it has no file in " + layout.deployments(),
        Spelling.nearest(name, names).map(near -> "Perhaps " + near + " is meant. ").orElse("")
            + known,
        null);
  }

  /** Reads a deployment's file. */
  Deployment read(String name) throws IOException, ProblemException {
    requireKnown(name);
    return DeploymentFile.read(layout.deploymentFile(name), runner());
  }

  /**
   * Reads the file of the named one, which must be right, or the files of all, of which a wrong one
   * hides no other.
   *
   * @param wrong is given what is wrong with each that is left out
   */
  List<Deployment> readAll(@Nullable String named, Consumer<ProblemException> wrong)
      throws IOException, ProblemException {
    List<Deployment> read = new ArrayList<>();
    for (String name : orAll(named)) {
      try {
        read.add(read(name));
      } catch (ProblemException e) {
        if (named != null) {
          throw e;
        }
        wrong.accept(e);
      }
    }
    return read;
  }

  /**
   * What is wrong with a deployment's file. Those who may not read it are not to judge it.
   *
   * @return null when nothing is, or when it cannot be told
   */
  @Nullable String fault(String name) throws IOException {
    try {
      read(name);
      return null;
    } catch (ProblemException e) {
      return e.getCause() instanceof AccessDeniedException ? null : e.getMessage();
    }
  }

  /**
   * Reads a file that may lie anywhere, for somebody who will install it.
   *
   * @throws ProblemException {@code CONFIGURATION}, also when another deployment has its root or
   *     one of its units
   */
  Deployment readToInstall(Path file) throws IOException, ProblemException {
    Deployment deployment = DeploymentFile.read(file, runner());
    requireOwnRoot(deployment, file);
    requireOwnUnits(deployment, file);
    return deployment;
  }

  private DeploymentFile.Runner runner() {
    if (machine.accounts().ownUid() != 0) {
      return DeploymentFile.Runner.OWN_USER;
    }
    return layout.equals(SpoolLayout.system())
        ? DeploymentFile.Runner.PRIVILEGED_ON_HOST
        : DeploymentFile.Runner.PRIVILEGED_AT_HOME;
  }

  /**
   * Reads a deployment's file for somebody who will act on it.
   *
   * @throws ProblemException {@code CONFIGURATION}, also when another file has the same root: the
   *     two would replace each other's releases and data
   */
  Deployment readToAct(String name) throws IOException, ProblemException {
    Deployment deployment = read(name);
    requireOwnRoot(deployment, layout.deploymentFile(name));
    return deployment;
  }

  private void requireOwnRoot(Deployment deployment, Path file)
      throws IOException, ProblemException {
    for (String other : names()) {
      if (!other.equals(deployment.name()) && isRootOf(other, deployment.root())) {
        throw new ProblemException(
            Problem.CONFIGURATION,
            "cannot use "
                + file
                + ": its root "
                + deployment.root()
                + " is also that of "
                + layout.deploymentFile(other),
            "Give each deployment a root of its own.",
            null);
      }
    }
  }

  /** One deployment would stop and start what the other serves with. */
  private void requireOwnUnits(Deployment deployment, Path file)
      throws IOException, ProblemException {
    for (String other : names()) {
      List<String> both = new ArrayList<>(deployment.service().units());
      both.retainAll(other.equals(deployment.name()) ? List.of() : unitsOf(other));
      if (!both.isEmpty()) {
        throw new ProblemException(
            Problem.CONFIGURATION,
            "cannot use "
                + file
                + ": its unit "
                + both.get(0)
                + " is also that of "
                + layout.deploymentFile(other),
            "Give each deployment units of its own.",
            null);
      }
    }
  }

  private List<String> unitsOf(String other) throws IOException {
    try {
      return read(other).service().units();
    } catch (ProblemException unreadable) {
      return List.of();
    }
  }

  /** A file that cannot be read is told of in its own turn. */
  private boolean isRootOf(String other, Path root) throws IOException {
    try {
      return real(read(other).root()).equals(real(root));
    } catch (ProblemException unreadable) {
      return false;
    }
  }

  private static Path real(Path root) throws IOException {
    return Files.exists(root) ? root.toRealPath() : root.normalize();
  }

  /** A deployment with its ways to the outside. */
  Site site(String name) throws IOException, ProblemException {
    return machine.site(readToAct(name), layout);
  }
}
