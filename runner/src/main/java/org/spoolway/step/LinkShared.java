package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spoolway.deployment.Trees;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Leads names in the release to what outlives it. What the release itself has under such a name
 * makes room, as {@code media/.gitkeep} does.
 */
final class LinkShared implements Step {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Site site;

  LinkShared(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "link";
  }

  @Override
  public Decision decide(Facts facts) {
    List<String> links = site.deployment().shared().link();
    if (site.releases().isSealed(facts.to())) {
      return Decision.skip("release " + facts.to() + " is here, whole and sealed");
    }
    return links.isEmpty() && Files.isDirectory(site.application().shared())
        ? Decision.skip("`shared.link` names nothing")
        : Decision.run(
            "shared/ outlives releases: "
                + (links.isEmpty() ? "nothing linked" : String.join(", ", links)));
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Path shared = site.application().shared();
    List<String> replaced = new ArrayList<>();
    createShared(work);
    Path release = site.releases().directory(work.facts().to());
    for (String name : site.deployment().shared().link()) {
      Path link = release.resolve(name);
      Path directory = link.resolveSibling("");
      requireOwnDirectory(release, directory, name);
      if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
        replaced.add(name);
        Trees.delete(link);
      }
      Files.createDirectories(directory);
      Files.createSymbolicLink(link, directory.relativize(shared.resolve(name)));
    }
    return replaced.isEmpty()
        ? Evidence.none()
        : Evidence.detail("in place of the release's own " + String.join(", ", replaced));
  }

  /** What lies in there is the application's, so root leads no name through it. */
  private void createShared(Work work) throws ProblemException, IOException {
    Path shared = site.application().shared();
    Optional<String> user = site.dataOwner();
    if (!Files.isDirectory(shared)) {
      Files.createDirectories(shared);
      if (user.isPresent()) {
        Trees.giveTo(shared, user.get());
      }
    }
    List<Path> wanted = site.deployment().shared().create().stream().map(shared::resolve).toList();
    if (user.isEmpty()) {
      for (Path directory : wanted) {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(directory);
        }
      }
    } else if (!wanted.isEmpty()) {
      createAs(user.get(), wanted, work);
    }
  }

  private void createAs(String user, List<Path> directories, Work work) throws ProblemException {
    ReleaseCommands.Kind kind =
        new ReleaseCommands.Kind(
            "create what `shared.create` names",
            user,
            PATIENCE,
            Confinements.ofMigration(site),
            Problem.SHARED_MISSING,
            Problem.SHARED_MISSING);
    List<String> command = new ArrayList<>(List.of("mkdir", "-p", "--"));
    directories.forEach(directory -> command.add(directory.toString()));
    new ReleaseCommands(site).runAll(List.of(command), kind, work.facts().to(), work);
  }

  /** What makes room is deleted, so it must not lie where a link of the release leads. */
  private static void requireOwnDirectory(Path release, Path directory, String name)
      throws ProblemException {
    Path above = release;
    for (Path part : release.relativize(directory)) {
      above = above.resolve(part);
      if (Files.isSymbolicLink(above)) {
        throw new ProblemException(
            Problem.SOURCE_UNUSABLE,
            "cannot link "
                + name
                + " into the release: "
                + release.relativize(above)
                + " is a link",
            "Name nothing in `shared.link` that lies below a link, be it the release's own or one of these.",
            null);
      }
    }
  }
}
