package org.spoolway.tests.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.spoolway.tests.Program;
import org.spoolway.tests.Trees;
import org.spoolway.tests.Until;

/** A container's disk: the Debian that all share, and above it what this one has changed. */
record Disk(Path directory) {

  /** Where it is mounted. */
  Path root() {
    return directory.resolve("root");
  }

  private Path changes() {
    return directory.resolve("changes");
  }

  private Path work() {
    return directory.resolve("work");
  }

  /** Makes and mounts it. */
  void create() {
    try {
      for (Path each : List.of(root(), changes(), work())) {
        Files.createDirectories(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String layers =
        "lowerdir=%s,upperdir=%s,workdir=%s".formatted(Rootfs.path(), changes(), work());
    Program.output(directory, "mount", "-t", "overlay", "overlay", "-o", layers, root().toString());
  }

  /** Unmounts and removes it. */
  void delete() {
    Until.isTrue(root() + " being unmounted", () -> !isMounted() || unmount());
    if (Files.exists(directory)) {
      Trees.delete(directory);
    }
  }

  private boolean isMounted() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
        .anyMatch(line -> line.startsWith("overlay " + root() + " "));
  }

  /** It can be busy for a moment after the last process on it has ended. */
  private boolean unmount() {
    List<String> command = List.of("umount", root().toString());
    return Program.run(Path.of("/"), Map.of(), command).exit() == 0;
  }
}
