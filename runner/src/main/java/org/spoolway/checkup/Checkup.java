package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Accounts;
import org.spoolway.inspect.RunnerSigns;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.problem.ProblemException;
import org.spoolway.step.Site;

/** All looks in order: first at the host, then at each deployment. */
public final class Checkup {

  private final SpoolLayout layout;
  private final Accounts accounts;
  private final String path;

  /**
   * A checkup.
   *
   * @param path the search path for programs, as the environment has it
   */
  public Checkup(SpoolLayout layout, Accounts accounts, String path) {
    this.layout = layout;
    this.accounts = accounts;
    this.path = path;
  }

  /** Opens a deployment; its file may be wrong. */
  @FunctionalInterface
  public interface Opening {
    /** The deployment with its ways to the outside. */
    Site open() throws ProblemException, IOException;
  }

  /** Looks at what all deployments share. */
  public List<Finding> host() {
    Findings findings = new Findings(null);
    HostLook.at(findings, existing(layout.spools()));
    return findings.all();
  }

  /** Looks at one deployment; when its file is wrong there is nothing more to look at. */
  public List<Finding> deployment(String name, Opening opening) {
    Findings findings = new Findings(name);
    String file = layout.deploymentFile(name).toString();
    findings.get("file", opening::open, site -> file).ifPresent(site -> look(findings, name, site));
    return findings.all();
  }

  /** Looks only whether the releases of one deployment are as they were sealed. */
  public List<Finding> releases(String name, Opening opening) {
    Findings findings = new Findings(name);
    String file = layout.deploymentFile(name).toString();
    findings
        .get("file", opening::open, site -> file)
        .ifPresent(site -> ReleaseLook.at(findings, site));
    return findings.all();
  }

  private void look(Findings findings, String name, Site site) {
    DirectoryLook.at(findings, site, layout.spool(name), layout.deploymentFile(name), accounts);
    AccountLook.at(findings, site.deployment(), layout.deploymentFile(name), accounts);
    ProgramLook.at(findings, site, path);
    TrustLook.at(findings, site);
    RootLook.at(findings, site);
    RoomLook.at(findings, site);
    PermissionLook.at(findings, site);
    ReleaseLook.at(findings, site);
    InstalledLook.at(findings, site, layout.deploymentFile(name));
    OutsideLook.at(findings, site, layout.deploymentFile(name));
    NoticeLook.at(findings, site, accounts);
    Optional<RunnerSigns> runner =
        findings.get("runner", () -> RunnerSigns.of(layout, name), Checkup::describe);
    LeftoverLook.at(findings, site, runner.orElse(RunnerSigns.UNKNOWN));
  }

  private static String describe(RunnerSigns runner) {
    return switch (runner) {
      case WORKING -> "one lives";
      case NONE -> "none lives; `spoolway run` starts one";
      case UNKNOWN -> "only its own user can tell";
    };
  }

  private static Path existing(@Nullable Path path) {
    Path candidate = path;
    while (candidate != null && !Files.isDirectory(candidate)) {
      candidate = candidate.getParent();
    }
    return candidate == null ? Path.of("/") : candidate;
  }
}
