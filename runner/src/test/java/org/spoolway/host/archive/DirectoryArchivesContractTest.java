package org.spoolway.host.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Sources;
import org.spoolway.host.SourcesContract;
import org.spoolway.layout.StateDir;
import org.spoolway.source.ArchiveFormat;
import org.spoolway.source.ArchiveNames;
import org.spoolway.source.Place;
import org.spoolway.trust.TrustedKeys;

/** Archives in a directory of this host. */
class DirectoryArchivesContractTest extends SourcesContract {

  @TempDir Path directory;
  private ReleaseDirectory releases;
  private Sources sources;

  @BeforeEach
  void make() throws IOException {
    releases = new ReleaseDirectory(directory.resolve("releases"), directory.resolve("scratch"));
    Place.Archives place =
        new Place.Archives(
            releases.path().toUri().toString(),
            ArchiveNames.of("notes"),
            1 << 20,
            Duration.ofMinutes(1),
            null,
            null);
    StateDir state = new StateDir(directory.resolve("state"));
    sources = ArchiveSource.ofFiles(place, TrustedKeys.NONE, state, new NoWeb());
  }

  @Override
  protected Sources sources() {
    return sources;
  }

  @Override
  protected void publish(String version, Map<String, String> files, String notes)
      throws IOException {
    releases.publish(version, ArchiveFormat.TAR_GZIP, files, notes);
  }

  @Override
  protected void withdraw(String version) throws IOException {
    releases.withdraw(version);
  }

  /** A server is not asked. */
  static final class NoWeb implements Web {
    @Override
    public Optional<byte[]> document(URI address, Errand errand) {
      throw new AssertionError(address + " was asked for");
    }

    @Override
    public Optional<byte[]> list(URI address, Errand errand) {
      throw new AssertionError(address + " was asked for");
    }

    @Override
    public boolean download(URI address, Path into, Errand errand) {
      throw new AssertionError(address + " was asked for");
    }
  }
}
