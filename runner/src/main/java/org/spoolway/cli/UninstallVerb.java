package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Trees;
import org.spoolway.durable.DurableFiles;
import org.spoolway.hostfile.InstalledHostFiles;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.problem.ProblemException;
import org.spoolway.spool.SpoolLock;
import org.spoolway.step.Site;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code uninstall}. */
@Command(
    name = "uninstall",
    description =
        "Take a deployment off this host: it is stopped, and its units and its file go. Releases,"
            + " data, results and accounts stay.")
final class UninstallVerb extends FactVerb {

  private static final Logger LOG = LoggerFactory.getLogger(UninstallVerb.class);

  @Parameters(index = "0", paramLabel = "DEPLOYMENT", description = "The deployment to take off.")
  private String name = "";

  @Option(
      names = "--delete-data",
      description = "Delete its root, with all data and snapshots, and its results too.")
  private boolean deleteData;

  /** What is left on the host of what a deployment has, and what is not any more. */
  private record Report(String deployment, List<String> deleted, List<String> kept) {}

  @Override
  ExitCode execute() throws IOException, ProblemException {
    SpoolLayout layout = deployments().layout();
    // The runner lets go of a deployment whose file is set aside.
    Path file = layout.deploymentFile(name);
    Path aside = file.resolveSibling(name + ".toml.uninstalled");
    Takeover takeover = new Takeover(machine(), deployments(), name);
    takeover.resume(file, aside);
    Deployment deployment = deployments().readToAct(name);
    try (SpoolLock lock = takeover.setAside(file, aside)) {
      LOG.debug("took {}", lock);
      Site site = machine().site(deployment, layout);
      if (form() == Form.TEXT) {
        screen().print("stopping " + name);
      }
      site.ports().services().stop();
      new InstalledHostFiles(site.state(), site.ports().configuration()).remove();
      DurableFiles.remove(site.application().maintenance());
    }
    Report report = deleteData ? delete(deployment, aside) : keep(deployment, aside);
    if (form() == Form.JSON) {
      printJson(report);
    } else {
      report.deleted().forEach(tree -> screen().print("deleted " + tree));
      report.kept().forEach(path -> screen().print("kept " + path));
    }
    return ExitCode.OK;
  }

  private Report delete(Deployment deployment, Path aside) throws IOException {
    List<String> deleted = new ArrayList<>();
    for (Path tree : trees(deployment)) {
      if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
        Trees.delete(tree);
        deleted.add(tree.toString());
      }
    }
    DurableFiles.remove(aside);
    return new Report(name, deleted, List.of());
  }

  private Report keep(Deployment deployment, Path aside) {
    List<String> kept = new ArrayList<>();
    trees(deployment).stream().filter(Files::exists).map(Path::toString).forEach(kept::add);
    kept.add(aside.toString());
    return new Report(name, List.of(), kept);
  }

  private List<Path> trees(Deployment deployment) {
    SpoolLayout layout = deployments().layout();
    return List.of(deployment.root(), layout.spool(name).path(), layout.state(name).path());
  }
}
