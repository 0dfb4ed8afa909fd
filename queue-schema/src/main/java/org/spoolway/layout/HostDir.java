package org.spoolway.layout;

import java.nio.file.Path;

/**
 * Where a deployment's files go that others read: systemd, and the proxy.
 *
 * <pre>
 * /etc/systemd/system/UNIT                      a unit, as the release ships it
 * /etc/systemd/system/UNIT.d/50-spoolway.conf   has it wait until recovery has decided
 * /etc/tmpfiles.d/spoolway-NAME.conf            directories that do not outlive a boot
 * /etc/caddy/spoolway.d/NAME.caddy              the site, as the release ships it
 * /etc/caddy/spoolway.d/NAME.maintenance        what it imports, for while it is closed
 * /etc/nginx/conf.d/spoolway-NAME.conf          the same two for nginx
 * /etc/nginx/spoolway.d/NAME.maintenance
 * /run/spoolway/hold/NAME                       while it exists the units do not start
 * /run/spoolway/handover                        tells that a handover was begun since the host started
 * </pre>
 *
 * @param etc the host's configuration
 * @param run what is gone after a boot
 */
public record HostDir(Path etc, Path run) {

  /** The root of Spoolway as a deployment of its own, where the package's launcher looks for it. */
  public static final Path SPOOLWAY = Path.of("/opt/spoolway");

  /** The host itself. */
  public static HostDir system() {
    return new HostDir(Path.of("/etc"), Path.of("/run"));
  }

  /** Where systemd finds a unit. */
  public Path unit(String unit) {
    return etc.resolve("systemd/system").resolve(unit);
  }

  /** What is added to a unit, whoever wrote it. */
  public Path dropIn(String unit) {
    return unit(unit + ".d").resolve("50-spoolway.conf");
  }

  /** Where systemd finds which directories to make. */
  public Path tmpfiles(String deployment) {
    return etc.resolve("tmpfiles.d").resolve("spoolway-" + deployment + ".conf");
  }

  /** Caddy's own file, which the administrator keeps. */
  public Path caddyfile() {
    return etc.resolve("caddy/Caddyfile");
  }

  /** What Caddy's own file is to import of. */
  public Path caddySites() {
    return etc.resolve("caddy/spoolway.d");
  }

  /** Caddy's snippet. */
  public Path caddy(String deployment) {
    return caddySites().resolve(deployment + ".caddy");
  }

  /** What a site of Caddy's imports; by itself Caddy does not read it. */
  public Path caddyMaintenance(String deployment) {
    return caddySites().resolve(deployment + ".maintenance");
  }

  /** The own file of nginx, which the administrator keeps. */
  public Path nginxConfiguration() {
    return etc.resolve("nginx/nginx.conf");
  }

  /** The snippet of nginx. */
  public Path nginx(String deployment) {
    return etc.resolve("nginx/conf.d").resolve("spoolway-" + deployment + ".conf");
  }

  /** What a server of nginx's includes; by itself nginx does not read it. */
  public Path nginxMaintenance(String deployment) {
    return etc.resolve("nginx/spoolway.d").resolve(deployment + ".maintenance");
  }

  /** While it exists the deployment's units do not start: recovery has not decided yet. */
  public Path hold(String deployment) {
    return run.resolve("spoolway/hold").resolve(deployment);
  }

  /** Exists while a runner hands over to another, unless the host has started in between. */
  public Path handover() {
    return run.resolve("spoolway/handover");
  }
}
