package org.spoolway.hostfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.spoolway.deployment.Deployment;
import org.spoolway.hostfile.HostConfiguration.Reader;
import org.spoolway.layout.HostDir;
import org.spoolway.problem.ProblemException;

/**
 * How a proxy closes a site: Spoolway's own, as in {@code samples/proxy}, since it belongs to the
 * page that the package brings, and not to a release.
 *
 * @param target where a site finds it
 * @param reader the proxy
 * @param resource the template
 */
record MaintenanceSnippet(Path target, Reader reader, String resource) {

  /** The one for a deployment; empty when no proxy is told. */
  static Optional<MaintenanceSnippet> of(String deployment, Deployment.Proxy proxy, HostDir host) {
    return switch (proxy) {
      case NONE -> Optional.empty();
      case CADDY ->
          Optional.of(
              new MaintenanceSnippet(
                  host.caddyMaintenance(deployment),
                  Reader.CADDY,
                  "caddy/spoolway-maintenance.caddy"));
      case NGINX ->
          Optional.of(
              new MaintenanceSnippet(
                  host.nginxMaintenance(deployment),
                  Reader.NGINX,
                  "nginx/spoolway-maintenance.conf"));
    };
  }

  /** Filled in. */
  HostFile render(Map<String, String> values) throws ProblemException {
    return new HostFile(target, reader, new Template(resource, template()).render(values));
  }

  private String template() {
    try (InputStream in =
        Objects.requireNonNull(MaintenanceSnippet.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource + " of the program itself", e);
    }
  }
}
