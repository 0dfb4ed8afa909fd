package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.adoption.Adoption;
import org.spoolway.adoption.Adoption.Stage;
import org.spoolway.adoption.AdoptionPlan;
import org.spoolway.adoption.Choices;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Trees;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.spool.SpoolLock;
import org.spoolway.step.Site;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrate-layout}. */
@Command(
    name = "migrate-layout",
    description =
        "Make a checkout that runs in place, with its .git, its settings and its uploads, the"
            + " first release of a deployment, once; --undo makes it a checkout again."
            + " Cut short, it goes on when it is run again.")
final class MigrateLayoutVerb extends FactVerb {

  private static final Logger LOG = LoggerFactory.getLogger(MigrateLayoutVerb.class);

  @Parameters(
      index = "0",
      paramLabel = "FILE.toml",
      description = "The deployment file, whose `root` is the checkout.")
  private Path file = Path.of("");

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "Which release it is, where git does not say.")
  private @Nullable String version;

  @Option(
      names = "--share",
      paramLabel = "FROM=TO",
      description =
          "What outlives releases besides `shared.link`: where it lies in the checkout, and where it"
              + " is to lie below shared/. May be repeated.")
  private Map<String, String> share = new LinkedHashMap<>();

  @Option(
      names = "--leave",
      paramLabel = "NAME",
      description = "What git does not know and no later release needs. May be repeated.")
  private Set<String> leave = new LinkedHashSet<>();

  @Option(names = "--dry-run", description = "Show what would be done and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--undo",
      description =
          "Make it a checkout again, with the data as they are; after `install`, `uninstall` comes"
              + " first.")
  private boolean undo;

  /** What was done, or would be. */
  private record Report(
      String deployment,
      @Nullable Version version,
      List<String> steps,
      List<String> notes,
      @Nullable String kept) {}

  @Override
  ExitCode execute() throws IOException, ProblemException, UsageException {
    Deployment deployment = deployments().readToInstall(machine().workingDirectory().resolve(file));
    Site site = machine().site(deployment, deployments().layout());
    if (undo) {
      requireUninstalled(deployment);
    }
    if (dryRun) {
      return planOnly(site);
    }
    prepare(site.state());
    try (SpoolLock lock = lock(site)) {
      LOG.debug("took {}", lock);
      return undo ? undo(site) : carryOut(site);
    }
  }

  /** The runner would go on with what is no layout of its any more. */
  private void requireUninstalled(Deployment deployment) throws ProblemException {
    String name = deployment.name();
    if (Files.exists(deployments().layout().deploymentFile(name))) {
      throw new ProblemException(
          Problem.BUSY,
          "cannot make " + deployment.root() + " a checkout again: " + name + " is installed",
          "Run `spoolway uninstall " + name + "` first; releases, data and accounts stay.",
          null);
    }
  }

  private Choices choices() throws UsageException {
    Version named = null;
    if (version != null) {
      named =
          Version.ofTag(version)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "cannot take " + version + " for a version", "Name one such as 3.1.0."));
    }
    return new Choices(named, Map.copyOf(share), Set.copyOf(leave));
  }

  /** Commands need the state directory, which a dry run does not leave behind. */
  private ExitCode planOnly(Site site) throws IOException, ProblemException, UsageException {
    boolean isNew = Files.notExists(site.state().path());
    prepare(site.state());
    try {
      return plan(site);
    } finally {
      if (isNew) {
        Trees.delete(site.state().path());
      }
    }
  }

  private ExitCode plan(Site site) throws IOException, ProblemException, UsageException {
    Adoption adoption = new Adoption(site, change -> {});
    if (undo) {
      show(site, adoption.planBack(), "would ");
      return ExitCode.OK;
    }
    if (isDone(site, adoption)) {
      return ExitCode.OK;
    }
    AdoptionPlan plan = adoption.plan(choices());
    show(site, plan, "would ");
    return ExitCode.OK;
  }

  private ExitCode carryOut(Site site) throws IOException, ProblemException, UsageException {
    Adoption adoption = new Adoption(site, change -> LOG.debug("{}", change));
    if (isDone(site, adoption)) {
      adoption.finish();
      return ExitCode.OK;
    }
    AdoptionPlan plan = adoption.plan(choices());
    show(site, plan, "to do: ");
    adoption.carryOut(plan);
    if (form() == Form.TEXT) {
      screen().print(site.deployment().root() + " is release " + plan.version() + " now");
      screen().print("next: `spoolway install " + file + "`");
      screen().print("back: `spoolway migrate-layout " + file + " --undo`");
    }
    return ExitCode.OK;
  }

  private boolean isDone(Site site, Adoption adoption) throws IOException {
    Stage stage = adoption.stage();
    boolean done = stage == Stage.ADOPTED || stage == Stage.LAID_OUT;
    if (done && form() == Form.TEXT) {
      screen().print(site.deployment().root() + " has its releases already; nothing is to be done");
    } else if (done) {
      printJson(new Report(site.deployment().name(), null, List.of(), List.of(), null));
    }
    return done;
  }

  private ExitCode undo(Site site) throws IOException, ProblemException {
    Optional<Path> kept = new Adoption(site, change -> LOG.debug("{}", change)).takeBack();
    String where = kept.map(Path::toString).orElse(null);
    if (form() == Form.JSON) {
      printJson(new Report(site.deployment().name(), null, List.of(), List.of(), where));
      return ExitCode.OK;
    }
    screen().print(site.deployment().root() + " is a checkout again");
    if (where != null) {
      screen().print("kept " + where + ", with what was made since");
    }
    return ExitCode.OK;
  }

  private void show(Site site, AdoptionPlan plan, String lead) {
    if (form() == Form.JSON) {
      printJson(
          new Report(site.deployment().name(), plan.version(), plan.steps(), plan.notes(), null));
      return;
    }
    List<String> lines = new ArrayList<>();
    plan.steps().forEach(step -> lines.add(lead + step));
    plan.notes().forEach(note -> lines.add("note: " + note));
    lines.forEach(screen()::print);
  }

  /** Nothing may be installed yet, so that nobody has made it. */
  private static void prepare(StateDir state) throws IOException {
    Files.createDirectories(
        state.path(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private SpoolLock lock(Site site) throws IOException, ProblemException {
    return SpoolLock.take(
        site.state().lock(),
        site.deployment().name(),
        machine().pid(),
        Asking.user(machine()),
        machine().clock().instant());
  }
}
