package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spoolway.deployment.Manifest;
import org.spoolway.deployment.Manifest.Difference;
import org.spoolway.deployment.Manifest.Kind;
import org.spoolway.host.Interruption;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;

/** Looks whether the releases that are here are as they were sealed. */
final class ReleaseLook {

  /** Enough to see what was going on. */
  private static final int MOST_SHOWN = 5;

  private final Site site;

  private ReleaseLook(Site site) {
    this.site = site;
  }

  static void at(Findings findings, Site site) {
    ReleaseLook look = new ReleaseLook(site);
    findings
        .get("releases", () -> site.releases().sealed(), ReleaseLook::described)
        .ifPresent(all -> all.forEach(release -> look.at(findings, release)));
  }

  private static String described(List<Version> releases) {
    return releases.isEmpty() ? "none is here yet" : releases.size() + " are here";
  }

  private void at(Findings findings, Version release) {
    findings.look("release", () -> compared(release));
  }

  private String compared(Version release) throws ProblemException, IOException {
    Path directory = site.releases().directory(release);
    List<Difference> differences;
    try {
      differences = Manifest.differences(directory, new Interruption());
    } catch (IOException e) {
      if (site.releases().isSealed(release)) {
        throw e;
      }
      return release + " was removed meanwhile";
    }
    if (!differences.isEmpty()) {
      throw new ProblemException(
          Problem.RELEASE_DAMAGED,
          "cannot rely on release "
              + release
              + ", which is not as it was sealed:"
              + told(differences),
          fix(release, directory),
          null);
    }
    return release + " is as it was sealed";
  }

  private static String told(List<Difference> differences) throws IOException {
    List<String> told = new ArrayList<>();
    for (Difference difference : differences.subList(0, Math.min(MOST_SHOWN, differences.size()))) {
      told.add("\n" + told(difference));
    }
    if (differences.size() > MOST_SHOWN) {
      told.add("\nand " + (differences.size() - MOST_SHOWN) + " more");
    }
    return String.join("", told);
  }

  private static String told(Difference difference) throws IOException {
    String name = difference.name();
    if (difference.kind() == Kind.MISSING
        || !Files.exists(difference.path(), LinkOption.NOFOLLOW_LINKS)) {
      return name + " is missing";
    }
    return "%s was %s; it belongs to %s, and is of %s"
        .formatted(
            name,
            difference.kind() == Kind.ADDED ? "added" : "changed",
            Files.getOwner(difference.path(), LinkOption.NOFOLLOW_LINKS).getName(),
            Files.getLastModifiedTime(difference.path(), LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .truncatedTo(ChronoUnit.SECONDS));
  }

  private String fix(Version release, Path directory) throws IOException {
    String name = site.deployment().name();
    String again =
        "remove "
            + directory
            + ", and ask for it: `spoolway update "
            + name
            + " --version "
            + release
            + "`; it is then fetched and built anew.";
    return site.current().version().equals(Optional.of(release))
        ? "Find out who could write there. Go to another release (`spoolway rollback "
            + name
            + "`), "
            + again
        : "Find out who could write there, " + again;
  }
}
