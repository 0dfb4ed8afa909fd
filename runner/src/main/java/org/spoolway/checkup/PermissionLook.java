package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.spoolway.deployment.Deployment;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;

/** Looks whether others can change a release or the data, or read their copies or the secrets. */
final class PermissionLook {

  private static final int ROOT = 0;

  private static final Set<PosixFilePermission> ALL =
      Set.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private static final Set<PosixFilePermission> ALL_BUT_PASSING =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private final Site site;
  private final ApplicationDir application;

  private PermissionLook(Site site) {
    this.site = site;
    this.application = site.application();
  }

  static void at(Findings findings, Site site) {
    findings.look("permissions", new PermissionLook(site)::look);
  }

  private String look() throws ProblemException, IOException {
    if (!Files.isDirectory(application.root())) {
      return "there is nothing yet";
    }
    requireUnwritable(application.root());
    requireUnwritable(application.releases());
    Optional<Version> live = site.current().version();
    if (live.isPresent()) {
      requireUnwritableBelow(site.releases().directory(live.get()));
    }
    Deployment deployment = site.deployment();
    requirePrivateSnapshots(deployment.database());
    Path settings = application.shared().resolve(deployment.install().environmentFile());
    requirePrivate(settings, "640", ALL);
    requireKept(settings);
    Path data = deployment.database().path();
    if (data != null) {
      requireUnwritable(data.resolveSibling(""));
      requireUnwritable(data);
    }
    return "nobody else can change releases or data, or read secrets and snapshots";
  }

  private void requireUnwritableBelow(Path release) throws ProblemException, IOException {
    try (Stream<Path> all = Files.walk(release)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        requireUnwritable(path);
      }
    }
  }

  private static void requireUnwritable(Path path) throws ProblemException, IOException {
    Optional<PosixFileAttributes> is = attributes(path);
    if (is.isEmpty() || is.get().isSymbolicLink()) {
      return;
    }
    if (is.get().permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      throw unsafe(
          "cannot rely on " + path + ": others can write it", "Run `chmod o-w " + path + "`.");
    }
  }

  /** The account of a server passes them on the way to a dump of its own, and lists none. */
  private void requirePrivateSnapshots(Deployment.Data data) throws ProblemException, IOException {
    if (data.server() == null) {
      requirePrivate(application.snapshots(), "700", ALL);
    } else {
      requirePrivate(application.snapshots(), "711", ALL_BUT_PASSING);
    }
  }

  /** No bit of these for those whom the mode leaves out. */
  private static void requirePrivate(Path path, String mode, Set<PosixFilePermission> bits)
      throws ProblemException, IOException {
    Optional<PosixFileAttributes> is = attributes(path);
    if (is.isPresent() && is.get().permissions().stream().anyMatch(bits::contains)) {
      throw unsafe(
          "cannot keep " + path + " secret: others can read it or enter it",
          "Run `chmod " + mode + " " + path + "`.");
    }
  }

  /**
   * Whoever owns the directory can exchange what lies in it, whoever that belongs to. For root that
   * is nothing new.
   */
  private void requireKept(Path settings) throws ProblemException, IOException {
    Optional<PosixFileAttributes> file = attributes(settings);
    Optional<PosixFileAttributes> shared = attributes(application.shared());
    if (file.isEmpty() || shared.isEmpty()) {
      return;
    }
    boolean strange =
        !shared.get().owner().equals(file.get().owner())
            && !Integer.valueOf(ROOT).equals(Files.getAttribute(application.shared(), "unix:uid"));
    boolean writable =
        strange || shared.get().permissions().contains(PosixFilePermission.OTHERS_WRITE);
    if (writable) {
      throw unsafe(
          "cannot keep " + settings + ": " + shared.get().owner() + " can exchange it",
          "Run `chown "
              + (site.ports().accounts().ownUid() == ROOT ? "root" : file.get().owner())
              + " "
              + application.shared()
              + "` and `chmod 755 "
              + application.shared()
              + "`; what the application writes goes into directories of its own below.");
    }
  }

  private static Optional<PosixFileAttributes> attributes(Path path) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static ProblemException unsafe(String message, String fix) {
    return new ProblemException(Problem.UNSAFE_PATH, message, fix, null);
  }
}
