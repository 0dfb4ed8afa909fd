package org.spoolway.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.spoolway.durable.DurableFiles;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.schema.Version;

/** The link {@code current}: the single truth about which release is live. */
public final class CurrentLink {

  private final ApplicationDir application;

  /** The link of one application. */
  public CurrentLink(ApplicationDir application) {
    this.application = application;
  }

  /**
   * The live release, or empty when there is none.
   *
   * @throws IOException also when the link leads anywhere but to a release
   */
  public Optional<Version> version() throws IOException {
    Path link = application.current();
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Path target = Files.readSymbolicLink(link);
    Path name = target.getFileName();
    Optional<Version> version =
        Optional.ofNullable(name).map(Path::toString).flatMap(Version::parse);
    if (version.isEmpty() || !target.equals(ApplicationDir.linkTarget(version.get().text()))) {
      throw new IOException(
          "cannot read "
              + link
              + ": it leads to "
              + target
              + ", which is no release of Spoolway's");
    }
    return version;
  }

  /** Makes a release live in one rename that survives a power cut. */
  public void pointTo(Version version) throws IOException {
    Path temporary = application.root().resolve(".current.tmp");
    Files.deleteIfExists(temporary);
    Files.createSymbolicLink(temporary, ApplicationDir.linkTarget(version.text()));
    Files.move(temporary, application.current(), StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.forceDirectory(application.root());
  }

  /** Makes no release live. */
  public void remove() throws IOException {
    Files.deleteIfExists(application.root().resolve(".current.tmp"));
    DurableFiles.remove(application.current());
  }
}
