package org.spoolway.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.NamedAccount;
import org.spoolway.deployment.NamedAccount.Kind;
import org.spoolway.deployment.NamedAccount.Part;
import org.spoolway.host.Accounts;
import org.spoolway.hostfile.HostFiles;
import org.spoolway.hostfile.HostTools;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;

/** Everything that a host must have for one deployment, in the order in which it is brought. */
public final class Provisions {

  private static final String READABLE = "rwxr-xr-x";
  private static final String PRIVATE = "rwx------";
  private static final String OWN = "rwxr-x---";

  private final Site site;
  private final SpoolLayout layout;
  private final Accounts accounts;
  private final Source source;
  private final List<Provision> list = new ArrayList<>();

  private Provisions(Site site, SpoolLayout layout, Accounts accounts, Source source) {
    this.source = source;
    this.site = site;
    this.layout = layout;
    this.accounts = accounts;
  }

  /**
   * A deployment file as it was read.
   *
   * @param path what the administrator has written
   * @param content what is in it
   * @param scratch an empty directory of this process's own, to work with
   */
  public record Source(Path path, String content, Path scratch) {}

  /** What a host must have. */
  public static List<Provision> ofHost(
      Site site, SpoolLayout layout, Accounts accounts, Source source) {
    Provisions provisions = new Provisions(site, layout, accounts, source);
    provisions.host();
    provisions.common();
    provisions.list.add(new RunnerUnit(provisions.tools()));
    return List.copyOf(provisions.list);
  }

  /** What one user's own directory must have, where everything belongs to that user. */
  public static List<Provision> ofHome(
      Site site, SpoolLayout layout, Accounts accounts, Source source) {
    Provisions provisions = new Provisions(site, layout, accounts, source);
    provisions.common();
    return List.copyOf(provisions.list);
  }

  private HostTools tools() {
    return new HostTools(site.ports().commands(), source.scratch().toString());
  }

  private void host() {
    HostTools tools = tools();
    if (!site.deployment().host().packages().isEmpty()) {
      list.add(new Packages(tools, site.deployment().host().packages()));
    }
    list.addAll(
        new ProxyProvisions(site.deployment(), site.ports().configuration().directories(), tools)
            .list());
    groups().forEach(name -> list.add(new Account(tools, name, Account.Kind.GROUP)));
    users().forEach(name -> list.add(new Account(tools, name, Account.Kind.USER)));
  }

  private void common() {
    Deployment deployment = site.deployment();
    ApplicationDir application = site.application();
    boolean host = layout.equals(SpoolLayout.system());
    Recipient user =
        host
            ? deployment.applicationUser().map(name -> new Recipient(name, accounts)).orElse(null)
            : null;
    list.add(new Place(application.root(), READABLE, null));
    list.add(new Place(application.releases(), READABLE, null));
    list.add(new Place(application.shared(), READABLE, null));
    list.add(new Place(application.snapshots(), PRIVATE, null));
    deployment.shared().create().forEach(name -> shared(application.shared(), name, user));
    if (deployment.install().environment() != null) {
      list.add(
          new EnvironmentFile(
              application.shared().resolve(deployment.install().environmentFile()),
              application.root(),
              deployment.install().environment(),
              values(),
              user));
    }
    list.add(new QueueDirectories(deployment, site.spool(), site.state(), accounts));
    list.add(
        new DeploymentCopy(
            source.path(),
            source.content(),
            layout.deploymentFile(deployment.name()),
            DeploymentCopy.READERS));
    if (site.ports().configuration().isAvailable()) {
      list.add(new HostFilesInPlace(site));
    }
  }

  /** What leads to it stays root's, so that nobody can exchange it. */
  private void shared(Path shared, String name, @Nullable Recipient user) {
    Path directory = shared.resolve(name).normalize();
    for (int parts = shared.getNameCount() + 1; parts < directory.getNameCount(); parts++) {
      list.add(
          new Place(
              shared.resolve(directory.subpath(shared.getNameCount(), parts)), READABLE, null));
    }
    list.add(new Place(directory, user == null ? READABLE : OWN, user));
  }

  /** Those of the files outside, but for the version: the file outlives it. */
  private Map<String, String> values() {
    HostFiles files =
        new HostFiles(
            site.deployment(), site.spool().path(), site.ports().configuration().directories());
    Map<String, String> values = files.values(new Version("0.0.0"));
    values.remove("VERSION");
    return values;
  }

  private Set<String> users() {
    return named(Kind.USER);
  }

  /** A user that is created brings a group of its own name along. */
  private Set<String> groups() {
    Set<String> groups = named(Kind.GROUP);
    groups.removeAll(users());
    return groups;
  }

  private Set<String> named(Kind kind) {
    Set<String> names = new LinkedHashSet<>();
    for (NamedAccount account : site.deployment().accounts()) {
      boolean isOthers = account.part() == Part.KEEP_DATA || NamedAccount.isRoot(account.name());
      if (account.kind() == kind && !isOthers) {
        names.add(account.name());
      }
    }
    return names;
  }
}
