package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Trees;
import org.spoolway.host.Sources;
import org.spoolway.host.SourcesContract;
import org.spoolway.host.process.HostAccounts;
import org.spoolway.host.process.ProcessCommands;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.StateDir;
import org.spoolway.source.Place;
import org.spoolway.trust.TrustedKeys;

/** Trees in a directory of this host. */
class DirectoryContractTest extends SourcesContract {

  private static final String PROGRAM = "sbin/notes";

  @TempDir Path directory;
  private Path candidates;
  private Sources sources;

  @BeforeEach
  void make() throws IOException {
    candidates = Files.createDirectory(directory.resolve("candidates"));
    Place.Directory place =
        new Place.Directory(
            candidates.toString(), candidates, PROGRAM, null, Duration.ofMinutes(2), 1 << 20);
    DirectorySource.Host host =
        new DirectorySource.Host(
            new ApplicationDir(directory.resolve("root")),
            new ProcessCommands(),
            new HostAccounts());
    StateDir state = new StateDir(directory.resolve("lib").resolve("notes"));
    sources = new DirectorySource(place, TrustedKeys.NONE, state, host);
  }

  @Override
  protected Sources sources() {
    return sources;
  }

  @Override
  protected Map<String, String> whole(String version, Map<String, String> files) {
    Map<String, String> whole = new HashMap<>(files);
    whole.put(PROGRAM, "#!/bin/sh\necho notes " + version + "\n");
    return whole;
  }

  @Override
  protected void publish(String version, Map<String, String> files, String notes)
      throws IOException {
    withdraw(version);
    Path tree = candidates.resolve("notes-" + version);
    for (Map.Entry<String, String> file : whole(version, files).entrySet()) {
      Path path = tree.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Files.setPosixFilePermissions(
        tree.resolve(PROGRAM),
        java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(candidates.resolve("notes-" + version + ".md"), notes);
  }

  @Override
  protected void withdraw(String version) throws IOException {
    Trees.delete(candidates.resolve("notes-" + version));
    Files.deleteIfExists(candidates.resolve("notes-" + version + ".md"));
  }
}
