package org.spoolway.hostfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.NamedAccount;
import org.spoolway.deployment.NamedAccount.Part;
import org.spoolway.hostfile.HostConfiguration.Reader;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.HostDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** What a release of a deployment puts outside of itself: pure, from its files to where they go. */
public final class HostFiles {

  /** Its directories are listed in a file of this name. */
  private static final String TMPFILES = "tmpfiles.conf";

  /**
   * Not those who look after the host: a release that ran as one of them could ask for anything.
   */
  private static final Set<Part> MAY_RUN = EnumSet.of(Part.RUN, Part.ASK);

  private final Deployment deployment;
  private final Path spool;
  private final HostDir host;

  /**
   * The files of one deployment.
   *
   * @param spool its spool, where the proxy finds its status
   */
  public HostFiles(Deployment deployment, Path spool, HostDir host) {
    this.deployment = deployment;
    this.spool = spool;
    this.host = host;
  }

  /**
   * What is to lie where, while a release is live; what others import comes before them.
   *
   * @param shipped the release's files, or the administrator's templates, by their names
   * @throws ProblemException {@code HOST_FILE_REFUSED}
   */
  public List<HostFile> of(Version version, Map<String, String> shipped) throws ProblemException {
    List<HostFile> files = new ArrayList<>();
    Optional<MaintenanceSnippet> maintenance = maintenance();
    if (maintenance.isPresent()) {
      files.add(maintenance.get().render(values(version)));
    }
    for (Map.Entry<String, String> file : new TreeMap<>(shipped).entrySet()) {
      if (isMeant(file.getKey())) {
        files.add(file(file.getKey(), render(file.getKey(), file.getValue(), version)));
      }
    }
    for (String unit : deployment.service().units()) {
      files.add(new HostFile(host.dropIn(unit), Reader.SYSTEMD, waitForRecovery()));
    }
    return files;
  }

  /** A README may lie beside them; a unit that the deployment file does not name is an error. */
  private boolean isMeant(String name) throws ProblemException {
    if (isUnit(name) && !deployment.service().units().contains(name)) {
      throw Refusal.of(
          name,
          "`service.units` does not name it",
          "Add it to `service.units`, or remove it from the release.");
    }
    return isUnit(name) || name.equals(TMPFILES) || name.equals(snippet());
  }

  private String snippet() {
    return switch (deployment.deploy().proxy()) {
      case NONE -> "";
      case CADDY -> "proxy.caddy";
      case NGINX -> "proxy.nginx";
    };
  }

  /** What the release's own snippet may have its site import. */
  private Optional<MaintenanceSnippet> maintenance() {
    return MaintenanceSnippet.of(deployment.name(), deployment.deploy().proxy(), host);
  }

  private static boolean isUnit(String name) {
    return name.matches(".*\\.(service|socket|timer|path|target|mount|automount|slice|swap)");
  }

  private String render(String name, String text, Version version) throws ProblemException {
    String rendered = new Template(name, text).render(values(version));
    boolean own = !isAdministrators();
    if (own && isUnit(name)) {
      new UnitRules(name, owner()).require(rendered);
    } else if (own && name.equals(TMPFILES)) {
      new TmpfilesRules(deployment.name()).require(rendered);
    } else if (own && deployment.deploy().proxy() == Deployment.Proxy.NGINX) {
      new NginxRules(site()).require(rendered);
    } else if (own) {
      new CaddyRules(caddySite()).require(rendered);
    }
    return rendered;
  }

  private boolean isAdministrators() {
    String from = deployment.deploy().from();
    return from != null && from.startsWith("/");
  }

  private UnitRules.Owner owner() {
    return new UnitRules.Owner(
        deployment.name(),
        Set.copyOf(deployment.service().units()),
        deployment.accounts().stream()
            .filter(account -> account.isUserWith(MAY_RUN))
            .map(NamedAccount::name)
            .collect(Collectors.toSet()),
        application().shared().resolve(deployment.install().environmentFile()).toString());
  }

  private NginxRules.Owner site() {
    return new NginxRules.Owner(
        deployment.name(),
        application().root(),
        host.nginxMaintenance(deployment.name()).toString(),
        deployment.deploy().values().values());
  }

  private CaddyRules.Owner caddySite() {
    return new CaddyRules.Owner(
        deployment.name(),
        application().root().toString(),
        host.caddyMaintenance(deployment.name()).toString());
  }

  private HostFile file(String name, String content) {
    if (name.equals(TMPFILES)) {
      return new HostFile(host.tmpfiles(deployment.name()), Reader.TMPFILES, content);
    } else if (name.equals(snippet())) {
      return deployment.deploy().proxy() == Deployment.Proxy.CADDY
          ? new HostFile(host.caddy(deployment.name()), Reader.CADDY, content)
          : new HostFile(host.nginx(deployment.name()), Reader.NGINX, content);
    }
    return new HostFile(host.unit(name), Reader.SYSTEMD, content);
  }

  private ApplicationDir application() {
    return SpoolLayout.application(deployment.root());
  }

  /** What stands for the placeholders; the deployment file's own values stand for theirs. */
  public Map<String, String> values(Version version) {
    Map<String, String> values = new HashMap<>(deployment.deploy().values());
    values.put("NAME", deployment.name());
    values.put("ROOT", application().root().toString());
    values.put("CURRENT", application().current().toString());
    values.put("SHARED", application().shared().toString());
    values.put("VERSION", version.text());
    values.put("SPOOL", spool.toString());
    values.put("PAGE", SpoolLayout.MAINTENANCE_PAGE);
    maintenance().ifPresent(snippet -> values.put("MAINTENANCE", snippet.target().toString()));
    deployment.applicationUser().ifPresent(user -> values.put("USER", user));
    return values;
  }

  private String waitForRecovery() {
    return """
        # Written by Spoolway: after a power cut the application starts when recovery has decided
        # which release and which data are live.
        [Unit]
        Wants=spoolway-recover.service
        After=spoolway-recover.service
        ConditionPathExists=!%s
        """
        .formatted(host.hold(deployment.name()));
  }
}
