package org.spoolway.adoption;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.spoolway.adoption.AdoptionRecord.Shared;
import org.spoolway.deployment.Manifest;
import org.spoolway.deployment.Trees;
import org.spoolway.durable.DurableFiles;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Work;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.journal.Evidence;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;

/**
 * The way from a flat checkout to releases and shared, and back. In between all of it lies aside,
 * in a directory that only this process's user can enter:
 *
 * <pre>
 * /opt/notes                             /opt/.notes.layout/releases/3.1.0      by one rename
 * /opt/.notes.layout/releases/3.1.0/media      /opt/.notes.layout/shared/media, with a link
 * /opt/.notes.layout                     /opt/notes                             by one rename
 * </pre>
 */
final class Relayout {

  private static final String PRIVATE = "rwx------";
  private static final String READABLE = "rwxr-xr-x";
  private static final String OWN = "rwxr-x---";
  private static final int ROOT = 0;

  private final Site site;
  private final Path root;
  private final Path aside;
  private final ApplicationDir made;
  private final Moves moves;

  Relayout(Site site, Moves moves) {
    this.site = site;
    this.root = site.deployment().root();
    this.aside = root.resolveSibling("." + root.getFileName() + ".layout");
    this.made = new ApplicationDir(aside);
    this.moves = moves;
  }

  /** Whether something lies aside. */
  boolean isBegun() {
    return Moves.exists(aside);
  }

  /** Where the checkout can be: at its place, or aside. */
  List<Path> places() {
    return List.of(root, aside);
  }

  private Path release(AdoptionRecord record) {
    return made.release(record.version().text());
  }

  private boolean isRoot() {
    return site.ports().accounts().ownUid() == ROOT;
  }

  /** From the checkout to the layout. */
  void forwards(AdoptionRecord record) throws ProblemException, IOException {
    if (Moves.exists(site.application().current())) {
      return;
    }
    Path release = release(record);
    moves.directory(aside, PRIVATE);
    moves.directory(made.releases(), READABLE);
    moves.directory(made.shared(), READABLE);
    moves.directory(made.snapshots(), PRIVATE);
    moves.move(root, release);
    if (!Moves.exists(ApplicationDir.manifest(release))) {
      makeRelease(record, release);
    }
    moves.link(made.current(), ApplicationDir.linkTarget(record.version().text()));
    moves.directory(aside, READABLE);
    moves.move(aside, root);
  }

  private void makeRelease(AdoptionRecord record, Path release)
      throws ProblemException, IOException {
    Ownership ownership = ownership(record);
    ownership.writeDown();
    if (isRoot()) {
      ownership.take(record.owner());
    }
    for (Shared one : record.shared()) {
      makeParents(one);
      moves.share(release.resolve(one.name()), made.shared().resolve(one.to()));
    }
    if (record.names().contains(AdoptionRecord.GIT)) {
      moves.move(release.resolve(AdoptionRecord.GIT), aside.resolve(AdoptionRecord.KEPT_GIT));
    }
    for (String name : oldNames(record)) {
      moves.link(aside.resolve(name), record.successor(name));
    }
    Trees.force(release, new Interruption());
    Manifest.seal(release, site.readers(), new Interruption());
  }

  private Ownership ownership(AdoptionRecord record) {
    Path release = release(record);
    Set<Path> except = new HashSet<>(Set.of(release.resolve(AdoptionRecord.GIT)));
    record.shared().forEach(one -> except.add(release.resolve(one.name())));
    return new Ownership(release, except, site.state().adoptedOwners());
  }

  /** What the application may write is its own, as it is when it is installed. */
  private void makeParents(Shared one) throws IOException {
    Path parents = Path.of(one.to()).getParent();
    for (int parts = 1; parents != null && parts <= parents.getNameCount(); parts++) {
      Path name = parents.subpath(0, parts);
      Path directory = made.shared().resolve(name);
      if (!site.deployment().shared().create().contains(name.toString())) {
        moves.directory(directory, READABLE);
        continue;
      }
      moves.directory(directory, OWN);
      Optional<String> user = site.deployment().applicationUser();
      if (user.isPresent() && isRoot()) {
        Trees.giveTo(directory, user.get(), site.readers());
      }
    }
  }

  /** What belongs to git leads nobody to a release. */
  private static List<String> oldNames(AdoptionRecord record) {
    return record.names().stream().filter(name -> !name.startsWith(AdoptionRecord.GIT)).toList();
  }

  /**
   * From the layout, or from anywhere on the way to it, to the checkout.
   *
   * @return where the rest is kept; empty when there is none
   */
  Optional<Path> backwards(AdoptionRecord record) throws IOException {
    if (Moves.exists(site.application().current())) {
      moves.move(root, aside);
    }
    Path release = release(record);
    if (Moves.exists(release)) {
      moves.directory(aside, PRIVATE);
      unlink(record);
      Files.deleteIfExists(writable(ApplicationDir.manifest(release)));
      for (Shared one : record.shared()) {
        moves.unshare(writable(release.resolve(one.name())), made.shared().resolve(one.to()));
      }
      if (Moves.exists(aside.resolve(AdoptionRecord.KEPT_GIT))) {
        moves.move(aside.resolve(AdoptionRecord.KEPT_GIT), release.resolve(AdoptionRecord.GIT));
      }
      ownership(record).giveBack(isRoot() ? Ownership.Chown.POSSIBLE : Ownership.Chown.IMPOSSIBLE);
      DurableFiles.remove(site.state().adoptedOwners());
      moves.move(release, root);
    }
    Optional<Path> rest = clearUp(record);
    DurableFiles.remove(site.state().adoption());
    return rest;
  }

  private void unlink(AdoptionRecord record) throws IOException {
    moves.unlink(made.current(), ApplicationDir.linkTarget(record.version().text()));
    for (String name : oldNames(record)) {
      moves.unlink(aside.resolve(name), record.successor(name));
    }
  }

  /** Sealing takes write permission from directories, which only stops those who are not root. */
  private static Path writable(Path name) throws IOException {
    Path directory = name.resolveSibling("");
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(directory);
    if (mode.add(PosixFilePermission.OWNER_WRITE)) {
      Files.setPosixFilePermissions(directory, mode);
    }
    return name;
  }

  /** What was made since, such as snapshots and later releases, is nobody's to delete. */
  private Optional<Path> clearUp(AdoptionRecord record) throws IOException {
    List<Path> empty = new ArrayList<>();
    for (Shared one : record.shared()) {
      Path parent = Path.of(one.to()).getParent();
      for (; parent != null; parent = parent.getParent()) {
        empty.add(made.shared().resolve(parent));
      }
    }
    empty.addAll(List.of(made.shared(), made.snapshots(), made.releases()));
    for (Path directory : empty) {
      moves.removeIfEmpty(directory);
    }
    if (moves.removeIfEmpty(aside)) {
      return Optional.empty();
    }
    Path rest = root.resolveSibling(root.getFileName() + ".spoolway");
    for (int n = 2; Moves.exists(rest); n++) {
      rest = root.resolveSibling(root.getFileName() + ".spoolway-" + n);
    }
    Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString(PRIVATE));
    moves.move(aside, rest);
    return Optional.of(rest);
  }

  /** What a step has at hand here, where there is no job. */
  static Work work(Version version) {
    Facts facts =
        new Facts(
            Request.of(Action.UPDATE, version),
            "operator",
            new RequestId("migrate-layout"),
            0,
            Map.of(Evidence.TO, version.text()));
    return new Work(facts, new Interruption(), (bytes, offset, length) -> {}, Progress.NONE);
  }
}
