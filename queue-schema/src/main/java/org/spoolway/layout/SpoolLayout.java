package org.spoolway.layout;

import java.nio.file.Path;

/**
 * The disk layout of one host, or of one user under {@code --home}.
 *
 * <pre>
 * host                                   --home DIR
 * /etc/spoolway/deployments/NAME.toml    DIR/etc/deployments/NAME.toml
 * /var/spool/spoolway/NAME/              DIR/spool/NAME/
 * /var/lib/spoolway/NAME/                DIR/lib/NAME/
 * </pre>
 *
 * @param deployments directory of the deployment files, written by the administrator only
 * @param spools directory that holds one spool per deployment
 * @param states directory that holds the runner's own state, one directory per deployment
 */
public record SpoolLayout(Path deployments, Path spools, Path states) {

  /** What a deployment file's name ends in. */
  public static final String DEPLOYMENT_SUFFIX = ".toml";

  /** The directory of the page that a proxy shows while {@code maintenance} exists. */
  public static final String MAINTENANCE_PAGE = "/usr/share/spoolway/maintenance";

  /** The layout of a whole host, worked by a privileged runner. */
  public static SpoolLayout system() {
    return new SpoolLayout(
        Path.of("/etc/spoolway/deployments"),
        Path.of("/var/spool/spoolway"),
        Path.of("/var/lib/spoolway"));
  }

  /** The embedded layout: everything under one directory of one unprivileged user. */
  public static SpoolLayout home(Path home) {
    Path base = home.toAbsolutePath().normalize();
    return new SpoolLayout(
        base.resolve("etc").resolve("deployments"), base.resolve("spool"), base.resolve("lib"));
  }

  /** The file that configures a deployment. */
  public Path deploymentFile(String deployment) {
    return deployments.resolve(deployment + DEPLOYMENT_SUFFIX);
  }

  /** The queue directories of a deployment. */
  public SpoolDir spool(String deployment) {
    return new SpoolDir(spools.resolve(deployment));
  }

  /** The runner's own state of a deployment. */
  public StateDir state(String deployment) {
    return new StateDir(states.resolve(deployment));
  }

  /** The application's directories below its {@code root}. */
  public static ApplicationDir application(Path root) {
    return new ApplicationDir(root.toAbsolutePath().normalize());
  }
}
