package org.spoolway.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Manifest;
import org.spoolway.deployment.Manifest.Difference;
import org.spoolway.host.Interruption;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;

/**
 * A deployment as it stands.
 *
 * @param current what is live
 * @param running what serves
 * @param data what the database holds
 * @param page whether users see the maintenance page
 * @param releases what lies below {@code releases/}, each with whether it is as sealed
 * @param snapshots what lies below {@code snapshots/}, but for data that were put aside, which are
 *     kept
 * @param others what else lies in the root
 */
record Picture(
    Optional<Version> current,
    @Nullable Version running,
    @Nullable String data,
    boolean page,
    Map<String, String> releases,
    List<String> snapshots,
    List<String> others) {

  private static final Set<String> DIRECTORIES = Set.of("releases", "snapshots", "shared");

  static Picture of(Site site, Outside outside) throws IOException {
    ApplicationDir application = site.application();
    Map<String, String> releases = new TreeMap<>();
    for (String name : names(application.releases())) {
      releases.put(name, seal(application.release(name)));
    }
    List<String> snapshots =
        names(application.snapshots()).stream()
            .filter(name -> !name.endsWith("-replaced") && !name.endsWith("-undone"))
            .toList();
    return new Picture(
        site.current().version(),
        outside.services.running(),
        outside.database.content(),
        Files.exists(application.maintenance()),
        releases,
        snapshots,
        names(application.root()).stream().filter(name -> !DIRECTORIES.contains(name)).toList());
  }

  private static String seal(Path release) throws IOException {
    if (!Files.exists(ApplicationDir.manifest(release))) {
      return "unsealed";
    }
    try {
      List<Difference> differences = Manifest.differences(release, new Interruption());
      return differences.isEmpty() ? "sealed" : "damaged at " + differences.get(0).name();
    } catch (ProblemException never) {
      throw new IllegalStateException(never);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> names = Files.list(directory)) {
      return names.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
