package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Trees;
import org.spoolway.hostfile.HostFileStore;
import org.spoolway.install.Provision;
import org.spoolway.install.Provisions;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.step.Site;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code install}. */
@Command(
    name = "install",
    description =
        "Bring a deployment to this host: accounts, directories, packages, and its first release."
            + " Run again, it does what is missing, puts back what somebody changed of the live"
            + " release's files outside, and does nothing else.")
final class InstallVerb extends FactVerb {

  @Parameters(index = "0", paramLabel = "FILE.toml", description = "The deployment file.")
  private Path file = Path.of("");

  @Option(names = "--dry-run", description = "Show what is missing and change nothing.")
  private boolean dryRun;

  /** What is missing, or was brought. */
  private record Report(String deployment, List<String> steps, @Nullable String live) {}

  /** What a runner is to do once it can, as a phrase too, and why. */
  private record Ask(Action action, String phrase, String reason) {}

  @Override
  ExitCode execute() throws IOException, ProblemException, UsageException {
    SpoolLayout layout = deployments().layout();
    boolean host = layout.equals(SpoolLayout.system());
    Path path = machine().workingDirectory().resolve(file);
    Deployment deployment = deployments().readToInstall(path);
    requireRoot(host);
    Path scratch = Files.createTempDirectory("spoolway-install");
    try {
      Provisions.Source source = new Provisions.Source(path, Files.readString(path), scratch);
      Site site = machine().site(deployment, layout);
      site.requireOwnRoot();
      return install(
          site,
          host
              ? Provisions.ofHost(site, layout, machine().accounts(), source)
              : Provisions.ofHome(site, layout, machine().accounts(), source));
    } finally {
      Trees.delete(scratch);
    }
  }

  private ExitCode install(Site site, List<Provision> provisions)
      throws IOException, ProblemException, UsageException {
    List<String> missing = missing(provisions);
    Optional<String> live = site.current().version().map(Object::toString);
    Optional<Ask> ask = ask(site, live.orElse(null));
    show(site.deployment().name(), missing, live.orElse(null), ask.orElse(null));
    if (dryRun) {
      return ExitCode.OK;
    }
    for (Provision provision : provisions) {
      bring(provision);
    }
    return ask.isPresent() ? follow(site.deployment(), ask.get()) : ExitCode.OK;
  }

  /** What the runner has to be asked for, if anything. */
  private static Optional<Ask> ask(Site site, @Nullable String live) throws IOException {
    if (live == null) {
      return Optional.of(
          new Ask(
              Action.UPDATE,
              "install the newest release",
              "the first release, by `spoolway install`"));
    }
    // As after `uninstall`, and after a checkout was made the first release: nothing would keep the
    // units from starting on data that a power cut has left half migrated.
    boolean isBare =
        site.needsHostFiles()
            && Files.isDirectory(site.state().path())
            && new HostFileStore(site.state()).isEmpty();
    return isBare
        ? Optional.of(
            new Ask(
                Action.RESTART,
                "restart " + live + " with its files in place",
                "its files outside were not in place, by `spoolway install`"))
        : Optional.empty();
  }

  private void requireRoot(boolean host) throws ProblemException {
    if (host && machine().accounts().ownUid() != 0) {
      throw new ProblemException(
          Problem.INSTALL_FAILED,
          "cannot install on this host: only root can",
          "Run it as root, or name a directory of your own with --home.",
          null);
    }
  }

  private static List<String> missing(List<Provision> provisions)
      throws ProblemException, IOException {
    List<String> missing = new ArrayList<>();
    for (Provision provision : provisions) {
      provision.missing().ifPresent(missing::add);
    }
    return missing;
  }

  private void show(String name, List<String> missing, @Nullable String live, @Nullable Ask ask) {
    if (form() == Form.JSON) {
      // A program gets one document: where the runner is asked, that is its result.
      if (dryRun || ask == null) {
        printJson(new Report(name, missing, live));
      }
      return;
    }
    missing.forEach(what -> screen().print((dryRun ? "would " : "to do: ") + what));
    if (ask != null) {
      screen().print((dryRun ? "would " : "to do: ") + ask.phrase());
    } else if (missing.isEmpty()) {
      screen().print(name + " is installed, at " + live + "; nothing is missing");
    }
  }

  /** Asked again, since what came before may have brought it along, or have taken long. */
  private void bring(Provision provision) throws ProblemException, IOException {
    Optional<String> missing = provision.missing();
    if (missing.isPresent()) {
      provision.bring();
      if (form() != Form.JSON) {
        screen().print("done: " + missing.get());
      }
    }
  }

  /** The runner does it, as anything else. */
  private ExitCode follow(Deployment deployment, Ask ask)
      throws IOException, ProblemException, UsageException {
    Request request =
        new Request(
            Request.SCHEMA,
            null,
            ask.action(),
            null,
            ask.reason(),
            Asking.user(machine()),
            false,
            null,
            null,
            null);
    Asked asked =
        new Asking(machine(), deployments())
            .ask(deployment, Asking.origin(deployment, null), request);
    return new Following(machine(), deployments().layout(), screen())
        .go(asked, ask.action(), AskingVerb.Then.FOLLOW, form());
  }
}
