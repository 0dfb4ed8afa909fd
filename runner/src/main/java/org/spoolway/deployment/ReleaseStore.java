package org.spoolway.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.spoolway.layout.ApplicationDir;
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
   * Removes a release, whole or not; the manifest goes first, so that half of it never looks whole.
   */
  public void remove(Version version) throws IOException {
    Path directory = directory(version);
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      Trees.makeWritable(directory);
      Files.deleteIfExists(ApplicationDir.manifest(directory));
    }
    Trees.delete(partial(version));
    Trees.delete(directory);
  }
}
