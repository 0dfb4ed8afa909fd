package org.spoolway.step;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Commands.Confinement;
import org.spoolway.host.Commands.Limits;
import org.spoolway.host.Commands.Network;
import org.spoolway.schema.Version;

/** What a deployment's commands may reach on a host that can enforce it. */
final class Confinements {

  /** Of processors and disks: what serves users goes first. */
  private static final int BUILD_WEIGHT = 20;

  private Confinements() {}

  /** A build writes the release that it makes, and a cache that outlives it. */
  static Confinement ofBuild(Site site, Version version) {
    Deployment.Build build = site.deployment().build();
    return new Confinement(
        List.of(site.releases().directory(version)),
        List.of(site.application().snapshots()),
        "spoolway/" + site.deployment().name(),
        build.network(),
        new Limits(build.memory(), build.tasks(), BUILD_WEIGHT));
  }

  /** A rehearsal can change no file but its own, and gives way to what serves as a build does. */
  static Confinement ofRehearsal(Site site, Path directory) {
    Deployment.Build build = site.deployment().build();
    return new Confinement(
        List.of(directory),
        List.of(site.application().snapshots()),
        null,
        Network.HOST,
        new Limits(build.memory(), build.tasks(), BUILD_WEIGHT));
  }

  /** A migration writes what outlives releases. Users wait for it: nothing slows it down. */
  static Confinement ofMigration(Site site) {
    Path shared = site.application().shared();
    List<Path> writable = new ArrayList<>(List.of(shared));
    Path database = site.deployment().database().path();
    if (database != null && !database.startsWith(shared)) {
      // It lies below the root, so there is a directory.
      writable.add(database.resolveSibling(""));
    }
    return new Confinement(
        List.copyOf(writable), List.of(site.application().snapshots()), null, Network.HOST, null);
  }
}
