package org.spoolway.host.systemd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.HostDir;
import org.spoolway.layout.StateDir;
import org.spoolway.schema.Version;

/**
 * The runner as a deployment of its own.
 *
 * @param root where its releases are
 * @param image the directory that this process runs from, without links in it
 * @param pid this process
 * @param script what watches over a handover
 * @param host where what does not outlive a boot is
 * @param state where the deployment's state is
 */
public record RunnerSettings(
    Path root, Path image, long pid, Path script, HostDir host, StateDir state) {

  /** The release that this process runs; empty when its image is none below the root. */
  Optional<Version> own() {
    return image.startsWith(new ApplicationDir(real(root)).releases())
        ? Version.parse(String.valueOf(image.getFileName()))
        : Optional.empty();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException notThereYet) {
      return path;
    }
  }
}
