package org.spoolway.adoption;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.ProblemException;

/** Looks, before anything changes, for what would end an adoption half-way. */
final class Obstacles {

  private static final int MOUNT_POINT = 4;

  private final Path root;
  private final List<AdoptionRecord.Shared> shared;

  Obstacles(Path root, List<AdoptionRecord.Shared> shared) {
    this.root = root;
    this.shared = shared;
  }

  /**
   * Refuses a checkout that cannot become a release.
   *
   * @throws ProblemException {@code ADOPTION_REFUSED}, naming the first obstacle
   */
  void requireNone(List<String> names) throws ProblemException, IOException {
    for (String name : names) {
      if (ApplicationDir.NAMES.contains(name) || name.equals(AdoptionRecord.KEPT_GIT)) {
        throw Refusal.of(
            "the checkout has a name of Spoolway's own: " + root.resolve(name),
            "Give it another name in the application, or move it away.");
      }
    }
    requireNoMounts();
    requireLinksThatStay();
    requireSuitable();
  }

  /** A mount point cannot be renamed, and what is mounted deeper would be left behind. */
  private void requireNoMounts() throws ProblemException, IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
      Path mounted = Path.of(unescaped(line.split(" ", -1)[MOUNT_POINT]));
      if (mounted.startsWith(root)) {
        throw Refusal.of(
            "something is mounted on " + mounted,
            "Unmount it; below "
                + new ApplicationDir(root).shared()
                + " it can be mounted again afterwards.");
      }
    }
  }

  /** The kernel writes blanks and the like as three octal digits. */
  private static String unescaped(String field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\') {
        text.append((char) Integer.parseInt(field, i + 1, i + 4, 8));
        i += 3;
      } else {
        text.append(field.charAt(i));
      }
    }
    return new String(
        text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** A relative link leads elsewhere once its directory lies deeper. */
  private void requireLinksThatStay() throws ProblemException, IOException {
    for (AdoptionRecord.Shared one : shared) {
      Path path = root.resolve(one.name());
      if (Files.isSymbolicLink(path) && !Files.readSymbolicLink(path).isAbsolute()) {
        throw Refusal.of(
            path + " is a link that would lead elsewhere from " + new ApplicationDir(root).shared(),
            "Make it an absolute one: `ln -sfn \"$(readlink -f " + path + ")\" " + path + "`.");
      }
    }
  }

  private void requireSuitable() throws ProblemException, IOException {
    int owner = FileLook.at(root).uid();
    for (AdoptionRecord.Shared one : shared) {
      Path path = root.resolve(one.name());
      requireNoSocket(path, FileLook.at(path));
    }
    for (Path path : ofTheRelease()) {
      FileLook is = FileLook.at(path);
      requireNoSocket(path, is);
      Optional<String> fault = is.fault(owner);
      if (fault.isPresent()) {
        throw Refusal.unsuitable(path, fault.get());
      }
      if (is.isLink() && leadsOut(path)) {
        throw Refusal.of(
            path + " leads out of the checkout by a relative path",
            "Make it an absolute one, or name it in `shared.link`.");
      }
    }
  }

  /** One is gone once its server ends, and the server cannot make it anew in what is root's. */
  private static void requireNoSocket(Path path, FileLook is) throws ProblemException {
    if (is.isSocket()) {
      throw Refusal.of(
          path + " is a socket, which nobody could make there afterwards",
          "Have the unit make it elsewhere, as below /run with RuntimeDirectory=, or in a"
              + " directory that `shared.link` names, and restart it; one that nobody serves any"
              + " more can be removed.");
    }
  }

  private boolean leadsOut(Path link) throws IOException {
    Path target = Files.readSymbolicLink(link);
    return !target.isAbsolute() && !link.resolveSibling(target).normalize().startsWith(root);
  }

  private List<Path> ofTheRelease() throws IOException {
    Path git = root.resolve(AdoptionRecord.GIT);
    List<Path> paths = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            if (path.equals(git) || isShared(path)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            paths.add(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (!isShared(path)) {
              paths.add(path);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return paths;
  }

  private boolean isShared(Path path) {
    return shared.stream().anyMatch(one -> one.covers(root.relativize(path)));
  }
}
