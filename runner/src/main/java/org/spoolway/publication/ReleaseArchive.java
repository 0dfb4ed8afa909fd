package org.spoolway.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.Checksum;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.source.ArchiveFormat;
import org.spoolway.source.ArchiveNames;
import org.spoolway.wording.Quoted;

/**
 * An archive that becomes a release.
 *
 * @param file its name
 * @param sha256 in hex
 * @param length in bytes
 */
public record ReleaseArchive(Version version, String file, String sha256, long length) {

  /** Whether archives can be called so, with their version behind it. */
  public static boolean canBeOf(String application) {
    return ArchiveNames.isPattern(ArchiveNames.of(application).pattern());
  }

  /**
   * Looks at one.
   *
   * @param application whose name its own begins with
   * @param said its version, or null for the one in its name
   * @throws ProblemException when it is no archive, or its name tells no version
   */
  public static ReleaseArchive of(Path archive, String application, @Nullable Version said)
      throws IOException, ProblemException {
    String name = archive.getFileName().toString();
    if (!Files.isRegularFile(archive)) {
      throw refused(archive, "it is no file", "Name an archive that is there.");
    }
    if (ArchiveFormat.of(name).isEmpty()) {
      throw refused(
          archive,
          "its name is no archive's",
          "Hosts take .tar.zst, .tar.xz, .tar.gz and .zip; `samples/release/publish` makes them.");
    }
    ArchiveNames names = ArchiveNames.of(application);
    Optional<Version> version = said == null ? names.version(name) : Optional.of(said);
    if (version.isEmpty()) {
      throw refused(
          archive,
          "its name is not " + Quoted.of(names.pattern()) + " with a semantic version",
          "Name it so, or say its version with --version.");
    }
    return new ReleaseArchive(version.get(), name, Checksum.of(archive), Files.size(archive));
  }

  private static ProblemException refused(Path archive, String observed, String fix) {
    return new ProblemException(
        Problem.CONFIGURATION, "cannot add " + archive + ": " + observed, fix, null);
  }
}
