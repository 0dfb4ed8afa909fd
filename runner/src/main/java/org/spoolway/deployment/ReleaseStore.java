package org.spoolway.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** The releases below {@code releases/}. One is complete when its manifest exists. */
public final class ReleaseStore {

  private final ApplicationDir application;

  /** The releases of one application. */
  public ReleaseStore(ApplicationDir application) {
    this.application = application;
  }

  /** Where a release lies, or would lie. */
  public Path directory(Version version) {
    return application.release(version.text());
  }

  /** Where a release is unpacked first. */
  public Path partial(Version version) {
    return application.partialRelease(version.text());
  }

  /** Whether a release is here, whole and sealed. */
  public boolean isSealed(Version version) {
    return Files.isRegularFile(
        ApplicationDir.manifest(directory(version)), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * When a release was sealed.
   *
   * @throws IOException when it is not
   */
  public Instant sealedAt(Version version) throws IOException {
    return Files.getLastModifiedTime(
            ApplicationDir.manifest(directory(version)), LinkOption.NOFOLLOW_LINKS)
        .toInstant();
  }

  /** The sealed releases, newest version first. */
  public List<Version> sealed() throws IOException {
    if (!Files.isDirectory(application.releases())) {
      return List.of();
    }
    try (Stream<Path> names = Files.list(application.releases())) {
      return names
          .map(Path::getFileName)
          .filter(Objects::nonNull)
          .flatMap(name -> Version.parse(name.toString()).stream())
          .filter(this::isSealed)
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  /**
   * Gives a release that was just fetched to whoever builds it, which only root can.
   *
   * @param builder a user's name or number
   * @throws ProblemException {@code BUILD_FAILED} when it holds more names than a release may
   */
  public void giveTo(String builder, Version version) throws ProblemException, IOException {
    new Custody(directory(version), builder).give();
  }

  /**
   * Takes a release back from whoever built it, of whom no process is left: all of it becomes
   * root's, set-uid bits go, and nobody else can write it any more.
   *
   * @throws ProblemException {@code BUILD_FAILED} when it holds something that is not the builder's
   *     own, or neither a file nor a directory nor a link, or too many names
   */
  public void takeBackFrom(String builder, Version version) throws ProblemException, IOException {
    new Custody(directory(version), builder).takeBack();
  }

  /**
   * Removes a release, whole or not. It is renamed first: half of it never looks whole, and what is
   * left when this is cut short goes with the next pruning.
   */
  public void remove(Version version) throws IOException {
    Path partial = partial(version);
    Trees.delete(partial);
    if (Files.exists(directory(version), LinkOption.NOFOLLOW_LINKS)) {
      Files.move(directory(version), partial, StandardCopyOption.ATOMIC_MOVE);
      Trees.delete(partial);
    }
  }
}
