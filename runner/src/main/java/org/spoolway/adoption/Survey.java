package org.spoolway.adoption;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.spoolway.adoption.AdoptionRecord.Shared;
import org.spoolway.adoption.GitLook.Differences;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Interruption;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;

/** Finds out what a checkout holds, and what is to become of it; changes nothing. */
final class Survey {

  /** What builds make in a checkout, and will make in each release. */
  private static final Pattern BUILT =
      Pattern.compile("(.*/)?(__pycache__|\\.venv|venv|node_modules|[^/]*\\.pyc)");

  private final Site site;
  private final Path root;

  Survey(Site site) {
    this.site = site;
    this.root = site.deployment().root();
  }

  /**
   * What will be done, and what is to be known of it.
   *
   * @throws ProblemException {@code ADOPTION_REFUSED}
   */
  AdoptionPlan plan(Choices choices) throws ProblemException, IOException {
    List<String> names = names();
    List<Shared> shared = SharedNames.of(site.deployment(), choices.share());
    Optional<GitLook> git =
        names.contains(AdoptionRecord.GIT) ? Optional.of(new GitLook(site)) : Optional.empty();
    Differences differences =
        git.isPresent() ? git.get().differences() : new Differences(List.of(), List.of());
    requireDecided(differences.unknown(), choices, shared);
    Version version = version(choices, git);
    new Obstacles(root, shared).requireNone(names);
    boolean running = site.ports().services().state().running();
    boolean healthy = running && site.ports().probe().ask(version, new Interruption()).passes();
    AdoptionRecord record =
        new AdoptionRecord(version, FileLook.at(root).uid(), names, shared, running, healthy);
    return AdoptionPlan.of(record, root, notes(record, differences.changed()));
  }

  private List<String> names() throws ProblemException, IOException {
    if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      throw Refusal.of(
          root + " is no directory", "Let `root` name the directory that the checkout lies in.");
    }
    try (Stream<Path> paths = Files.list(root)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static Version version(Choices choices, Optional<GitLook> git)
      throws ProblemException, IOException {
    if (choices.version() != null) {
      return choices.version();
    }
    if (git.isEmpty()) {
      throw Refusal.of(
          "it has no " + AdoptionRecord.GIT + " to tell its version by",
          "Name the version with --version.");
    }
    Optional<Version> tagged = git.get().version();
    return tagged.orElseThrow(
        () ->
            Refusal.of(
                "its commit has no tag of a version",
                "Check out a tagged release, or name with --version the one that it comes after,"
                    + " as 3.1.0-local does 3.0.0."));
  }

  /** Whatever git does not know of may be data, which the next release would not have. */
  private static void requireDecided(List<String> unknown, Choices choices, List<Shared> shared)
      throws ProblemException {
    List<String> undecided = new ArrayList<>();
    for (String name : unknown) {
      Path path = Path.of(name);
      boolean decided =
          BUILT.matcher(path.toString()).matches()
              || shared.stream().anyMatch(one -> one.covers(path))
              || choices.leave().stream().anyMatch(path::startsWith);
      if (!decided) {
        undecided.add(name);
      }
    }
    if (!undecided.isEmpty()) {
      throw Refusal.of(
          "git does not know what is in " + String.join(", ", undecided),
          "Name what the application writes in `shared.link` (or with --share FROM=TO), and what"
              + " no later release needs with --leave NAME.");
    }
  }

  private List<String> notes(AdoptionRecord record, List<String> changed) throws IOException {
    List<String> notes = new ArrayList<>();
    if (!changed.isEmpty()) {
      notes.add(
          "the next release will not have what was changed here in " + String.join(", ", changed));
    }
    boolean serves = site.deployment().service().type() != Deployment.ServiceType.NONE;
    if (serves && !record.running()) {
      notes.add("the application does not run " + how() + " now; it will not be started");
      new Occupants(root)
          .found()
          .ifPresent(who -> notes.add(who + "; they have to be stopped first"));
    } else if (serves && !record.healthy()) {
      notes.add("the application does not answer well now; it will not be asked afterwards either");
    }
    record.shared().stream()
        .filter(one -> !isLinked(one))
        .map(one -> "later releases have no " + one.name() + ": `shared.link` does not name it")
        .forEach(notes::add);
    return notes;
  }

  private String how() {
    List<String> units = site.deployment().service().units();
    return units.isEmpty() ? "by Spoolway" : "by " + String.join(", ", units);
  }

  /** Whether later releases find it, by a link or, as the database, where the file says. */
  private boolean isLinked(Shared one) {
    Path shared = site.application().shared().resolve(one.to());
    Path database = site.deployment().database().path();
    List<String> known = new ArrayList<>(site.deployment().shared().link());
    known.addAll(site.deployment().shared().create());
    known.add(site.deployment().install().environmentFile());
    return known.contains(one.to())
        || (database != null && shared.toString().startsWith(database.toString()));
  }
}
