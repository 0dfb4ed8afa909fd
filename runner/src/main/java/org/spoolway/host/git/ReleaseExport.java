package org.spoolway.host.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Repository;
import org.spoolway.host.git.CompleteTree.UnusableTreeException;
import org.spoolway.host.git.Mirror.MirrorDamage;

/** Writes a release, with the submodules in it, from the mirrors into a directory. */
final class ReleaseExport {

  private final Submodules submodules;
  private final ExportMeter meter;

  ReleaseExport(Submodules submodules, ExportMeter meter) {
    this.submodules = submodules;
    this.meter = meter;
  }

  /**
   * Writes one part and what is below it.
   *
   * @param into a directory that does not exist yet
   * @throws MirrorDamage when a mirror does not hold it whole
   * @throws UnusableTreeException when it cannot be part of a release
   * @throws IOException when it cannot be written, or should not any more
   */
  void write(Part part, Path into) throws MirrorDamage, UnusableTreeException, IOException {
    try (Repository mirror = part.mirror().open()) {
      CompleteTree tree =
          CompleteTree.find(part, mirror, meter)
              .orElseThrow(() -> part.mirror().damage("objects are missing", null));
      meter.expect(tree.files());
      Map<String, Part> below = new HashMap<>();
      submodules
          .of(part, mirror, tree)
          .forEach(submodule -> below.put(submodule.path(), submodule));
      Files.createDirectory(into);
      Files.setPosixFilePermissions(into, BlobFile.EXECUTABLE);
      try (TreeExport export = new TreeExport(part, mirror, tree, meter)) {
        export.write(into, (path, directory) -> write(present(below, path), directory));
      }
    }
  }

  private static Part present(Map<String, Part> below, String path) {
    Part part = below.get(path);
    if (part == null) {
      throw new IllegalStateException("no submodule at " + path);
    }
    return part;
  }
}
